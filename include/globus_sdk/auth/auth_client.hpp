// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utility>

#include "globus_sdk/auth/auth_options.hpp"
#include "globus_sdk/auth/auth_responses.hpp"
#include "globus_sdk/auth/auth_service.hpp"
#include "globus_sdk/auth/errors.hpp"
#include "globus_sdk/auth/get_consents_response.hpp"
#include "globus_sdk/auth/get_identities_response.hpp"
#include "globus_sdk/auth/get_jwk_response.hpp"
#include "globus_sdk/core/client.hpp"

namespace globus_sdk::inline v0 {

/// Options of AuthClient::get_identities.
struct GetIdentitiesOptions {
  /// One username or several, such as `user@example.org`. Cannot be given with `ids`.
  Field<Strings> usernames{};
  /// One identity id or several, UUIDs.
  Field<Strings> ids{};
  /// Whether to make an identity for each username that has none; only useful with `usernames`.
  bool provision = false;
  /// More query parameters: an object.
  Field<Json> query_params{};
};

namespace detail {
Request get_identities_request(const GetIdentitiesOptions& options);
Request get_identity_providers_request(const GetIdentityProvidersOptions& options);
Request create_project_request(Text display_name, Text contact_email,
                               const CreateProjectOptions& options);
Request update_project_request(Text project_id, const UpdateProjectOptions& options);
Request create_policy_request(Text project_id, Text display_name, Text description,
                              const CreatePolicyOptions& options);
Request update_policy_request(Text policy_id, const UpdatePolicyOptions& options);
Request get_client_request(const GetClientOptions& options);
Request create_client_request(Text name, Text project, const CreateClientOptions& options);
Request update_client_request(Text client_id, const UpdateClientOptions& options);
Request create_client_credential_request(Text client_id, Text name);
Request get_scopes_request(const GetScopesOptions& options);
Request create_scope_request(Text client_id, Text name, Text description, Text scope_suffix,
                             const CreateScopeOptions& options);
Request update_scope_request(Text scope_id, const UpdateScopeOptions& options);
}  // namespace detail

/// Globus Auth on behalf of a user. It tells whom a token belongs to and looks up identities. It
/// also manages what developers have: projects, and their policies, clients, credentials and
/// scopes.
///
/// It represents a user, by an access token or a refresh token. To log users in, use
/// ConfidentialAppAuthClient or NativeAppAuthClient. Mirrors `globus_sdk.AuthClient`.
template <class Mode> class BasicAuthClient : public BasicBaseClient<Mode> {
  using Base = BasicBaseClient<Mode>;

 public:
  template <class T> using Result = typename Base::template Result<T>;
  template <class O> using Options = typename Base::template Options<O>;

  /// A client that sends no Authorization header.
  explicit BasicAuthClient(const ClientOptions& options = {})
      : Base(detail::make_connection(detail::auth_service(), nullptr, options)) {}
  /// @param authorizer an authorizer with a user's tokens for `auth.globus.org`.
  explicit BasicAuthClient(const AnyAuthorizer& authorizer, const ClientOptions& options = {})
      : Base(detail::make_connection(detail::auth_service(), authorizer.get(), options)) {}
  /// @param app the app whose tokens the client uses. The client adds scopes to what the app
  ///   requires: `openid`, `profile` and `email`, or `app_scopes`.
  template <detail::AppHandle A>
  explicit BasicAuthClient(const A& app, const ClientOptions& options = {})
      : Base(detail::make_app_connection(detail::auth_service(), app.binding(), options)) {}
  explicit BasicAuthClient(detail::Connection connection) : Base(std::move(connection)) {}

  /// The same client with other settings for its calls.
  [[nodiscard]] BasicAuthClient with(Options<CallSettings> settings) const {
    return BasicAuthClient(detail::with_settings(this->connection_, settings));
  }
  /// The same client in asynchronous mode; needs globus_sdk/async.hpp.
  template <class Other = Async>
  [[nodiscard]] detail::InMode<BasicAuthClient, Other> async() const& {
    return detail::InMode<BasicAuthClient, Other>(this->connection_);
  }
  /// On g++ 12 and 13 a client needs a name first.
  template <class Other = Async, class Remedy = detail::NameTheClientBeforeCoAwait>
    requires detail::WantsNamedClient<Other>
  detail::InMode<BasicAuthClient, Other> async() const&& = delete;

  /// Adds scopes to what the app of this client requires.
  ///
  /// @param scope one or several scopes of Globus Auth.
  /// @return this client.
  /// @throws GlobusSDKUsageError when the client has no app.
  BasicAuthClient add_app_scope(const Strings& scope) const {
    detail::add_app_scope(this->connection_, scope);
    return *this;
  }

  /// What may be known about the user of the token: `sub`, and more with the scopes `email` and
  /// `profile`.
  ///
  /// @throws AuthAPIError 403 when the token lacks the scope `openid`.
  /// @see https://docs.globus.org/api/auth/reference/#get_or_post_v2_oauth2_userinfo_resource
  Result<GlobusHTTPResponse> userinfo() const {
    return this->template send<GlobusHTTPResponse>(
        detail::get(detail::path("/v2/oauth2/userinfo")));
  }

  /// Looks identities up, by username or by id.
  ///
  /// @throws GlobusSDKUsageError when both usernames and ids are given.
  /// @see https://docs.globus.org/api/auth/reference/#v2_api_identities_resources
  Result<GetIdentitiesResponse> get_identities(Options<GetIdentitiesOptions> options = {}) const {
    return this->template send<GetIdentitiesResponse>(detail::get_identities_request(options));
  }

  // ---- what id tokens are verified with ----

  /// The OpenID configuration of Globus Auth: its endpoints, scopes and algorithms.
  /// @see https://openid.net/specs/openid-connect-discovery-1_0.html
  Result<GlobusHTTPResponse> get_openid_configuration() const {
    return this->template send<GlobusHTTPResponse>(detail::openid_configuration_request());
  }

  /// The keys that Globus Auth signs id tokens with. Their address is taken from its configuration.
  /// IDTokenDecoder fetches them by itself.
  ///
  /// @throws IDTokenError when the configuration has no address for them, or one that is not safe.
  /// @see https://openid.net/specs/openid-connect-discovery-1_0.html
  Result<GetJWKResponse> get_jwk(Options<GetJWKOptions> options = {}) const;

  // ---- identity providers and consents ----------------------------------------------------------

  /// Looks identity providers up, by domain or by id.
  ///
  /// @throws GlobusSDKUsageError when both domains and ids are given.
  /// @see https://docs.globus.org/api/auth/reference/#get_identity_providers
  Result<GetIdentityProvidersResponse> get_identity_providers(
      Options<GetIdentityProvidersOptions> options = {}) const {
    return this->template send<GetIdentityProvidersResponse>(
        detail::get_identity_providers_request(options));
  }

  /// The consents of a user; by default only those that the user gave to this client.
  ///
  /// @param identity_id the user's id, a UUID.
  /// @see https://docs.globus.org/api/auth/reference/#consents
  Result<GetConsentsResponse> get_consents(Text identity_id,
                                           Options<GetConsentsOptions> options = {}) const {
    return this->template send<GetConsentsResponse>(
        detail::get(detail::path("/v2/api/identities/{identity_id}/consents", {identity_id}))
            .query("all", options.all, BooleanStyle::word));
  }

  // ---- projects: all methods below need the scope `manage_projects` -----------------------------

  /// A project that the user administers, in `project`.
  ///
  /// @param project_id a UUID.
  /// @see https://docs.globus.org/api/auth/reference/#get_projects
  Result<GlobusHTTPResponse> get_project(Text project_id) const {
    return this->template send<GlobusHTTPResponse>(
        detail::get(detail::path("/v2/api/projects/{project_id}", {project_id})));
  }

  /// The projects that the user administers.
  ///
  /// @see https://docs.globus.org/api/auth/reference/#get_projects
  Result<GetProjectsResponse> get_projects() const {
    return this->template send<GetProjectsResponse>(detail::get("/v2/api/projects"));
  }

  /// Makes a project.
  ///
  /// @param display_name what users read.
  /// @param contact_email where users write to.
  /// @return the project, with its `id`, in `project`.
  /// @see https://docs.globus.org/api/auth/reference/#create_project
  Result<GlobusHTTPResponse> create_project(Text display_name, Text contact_email,
                                            Options<CreateProjectOptions> options = {}) const {
    return this->template send<GlobusHTTPResponse>(
        detail::create_project_request(display_name, contact_email, options));
  }

  /// Changes those parts of a project that the options set.
  ///
  /// @see https://docs.globus.org/api/auth/reference/#update_project
  Result<GlobusHTTPResponse> update_project(Text project_id,
                                            Options<UpdateProjectOptions> options = {}) const {
    return this->template send<GlobusHTTPResponse>(
        detail::update_project_request(project_id, options));
  }

  /// Deletes a project, which must have no clients and no policies.
  ///
  /// @see https://docs.globus.org/api/auth/reference/#delete_project
  Result<GlobusHTTPResponse> delete_project(Text project_id) const {
    return this->template send<GlobusHTTPResponse>(
        detail::delete_(detail::path("/v2/api/projects/{project_id}", {project_id})));
  }

  // ---- policies ---------------------------------------------------------------------------------

  /// A policy, in `policy`.
  ///
  /// @param policy_id a UUID.
  /// @see https://docs.globus.org/api/auth/reference/#get_policies
  Result<GlobusHTTPResponse> get_policy(Text policy_id) const {
    return this->template send<GlobusHTTPResponse>(
        detail::get(detail::path("/v2/api/policies/{policy_id}", {policy_id})));
  }

  /// The policies of all projects that the user administers.
  ///
  /// @see https://docs.globus.org/api/auth/reference/#get_policies
  Result<GetPoliciesResponse> get_policies() const {
    return this->template send<GetPoliciesResponse>(detail::get("/v2/api/policies"));
  }

  /// Makes a policy, which says how users must have logged in.
  ///
  /// @param project_id the UUID of the project that it is part of.
  /// @param display_name what users read.
  /// @param description what it is for.
  /// @return the policy, with its `id`, in `policy`.
  /// @see https://docs.globus.org/api/auth/reference/#create_policy
  Result<GlobusHTTPResponse> create_policy(Text project_id, Text display_name, Text description,
                                           Options<CreatePolicyOptions> options = {}) const {
    return this->template send<GlobusHTTPResponse>(
        detail::create_policy_request(project_id, display_name, description, options));
  }

  /// Changes those parts of a policy that the options set.
  ///
  /// @see https://docs.globus.org/api/auth/reference/#update_policy
  Result<GlobusHTTPResponse> update_policy(Text policy_id,
                                           Options<UpdatePolicyOptions> options = {}) const {
    return this->template send<GlobusHTTPResponse>(
        detail::update_policy_request(policy_id, options));
  }

  /// Deletes a policy.
  ///
  /// @see https://docs.globus.org/api/auth/reference/#delete_policy
  Result<GlobusHTTPResponse> delete_policy(Text policy_id) const {
    return this->template send<GlobusHTTPResponse>(
        detail::delete_(detail::path("/v2/api/policies/{policy_id}", {policy_id})));
  }

  // ---- clients ----------------------------------------------------------------------------------

  /// A client, found by its id or by one of its domain names; in `client`.
  ///
  /// @throws GlobusSDKUsageError unless exactly one of client_id and fqdn is given.
  /// @see https://docs.globus.org/api/auth/reference/#get_clients
  Result<GlobusHTTPResponse> get_client(Options<GetClientOptions> options = {}) const {
    return this->template send<GlobusHTTPResponse>(detail::get_client_request(options));
  }

  /// The clients of all projects that the user administers.
  ///
  /// @see https://docs.globus.org/api/auth/reference/#get_clients
  Result<GetClientsResponse> get_clients() const {
    return this->template send<GetClientsResponse>(detail::get("/v2/api/clients"));
  }

  /// Makes a client.
  ///
  /// @param name what users read when they consent; one line.
  /// @param project the UUID of the project that it is part of.
  /// @return the client, with its `id`, in `client`.
  /// @throws GlobusSDKUsageError unless exactly one of public_client and client_type is given; when
  ///   one of terms_and_conditions and privacy_policy is given without the other.
  /// @see https://docs.globus.org/api/auth/reference/#create_client
  Result<GlobusHTTPResponse> create_client(Text name, Text project,
                                           Options<CreateClientOptions> options = {}) const {
    return this->template send<GlobusHTTPResponse>(
        detail::create_client_request(name, project, options));
  }

  /// Changes those parts of a client that the options set.
  ///
  /// @throws GlobusSDKUsageError when only one of terms_and_conditions and privacy_policy is
  ///   given, or only one is null.
  /// @see https://docs.globus.org/api/auth/reference/#update_client
  Result<GlobusHTTPResponse> update_client(Text client_id,
                                           Options<UpdateClientOptions> options = {}) const {
    return this->template send<GlobusHTTPResponse>(
        detail::update_client_request(client_id, options));
  }

  /// Deletes a client, and with it its credentials and scopes.
  ///
  /// @see https://docs.globus.org/api/auth/reference/#delete_client
  Result<GlobusHTTPResponse> delete_client(Text client_id) const {
    return this->template send<GlobusHTTPResponse>(
        detail::delete_(detail::path("/v2/api/clients/{client_id}", {client_id})));
  }

  // ---- clients' credentials ---------------------------------------------------------------------

  /// A client's credentials, without their secrets.
  ///
  /// @see https://docs.globus.org/api/auth/reference/#get_client_credentials
  Result<GetClientCredentialsResponse> get_client_credentials(Text client_id) const {
    return this->template send<GetClientCredentialsResponse>(
        detail::get(detail::path("/v2/api/clients/{client_id}/credentials", {client_id})));
  }

  /// Makes a secret for a client.
  ///
  /// @param name a name by which to know the secret.
  /// @return the credential in `credential`. Its `secret` is never shown again: keep it, and keep
  ///   it out of logs.
  /// @see https://docs.globus.org/api/auth/reference/#create_client_credential
  Result<GlobusHTTPResponse> create_client_credential(Text client_id, Text name) const {
    return this->template send<GlobusHTTPResponse>(
        detail::create_client_credential_request(client_id, name));
  }

  /// Revokes a client's secret.
  ///
  /// @see https://docs.globus.org/api/auth/reference/#delete_client_credentials
  Result<GlobusHTTPResponse> delete_client_credential(Text client_id, Text credential_id) const {
    return this->template send<GlobusHTTPResponse>(detail::delete_(detail::path(
        "/v2/api/clients/{client_id}/credentials/{credential_id}", {client_id, credential_id})));
  }

  // ---- scopes -----------------------------------------------------------------------------------

  /// A scope, in `scope`.
  ///
  /// @param scope_id a UUID.
  /// @see https://docs.globus.org/api/auth/reference/#get_scopes
  Result<GlobusHTTPResponse> get_scope(Text scope_id) const {
    return this->template send<GlobusHTTPResponse>(
        detail::get(detail::path("/v2/api/scopes/{scope_id}", {scope_id})));
  }

  /// Looks scopes up, by text or by id. Without either, the answer has the scopes of the clients of
  /// all projects that the user administers.
  ///
  /// @throws GlobusSDKUsageError when both scope_strings and ids are given.
  /// @see https://docs.globus.org/api/auth/reference/#get_scopes
  Result<GetScopesResponse> get_scopes(Options<GetScopesOptions> options = {}) const {
    return this->template send<GetScopesResponse>(detail::get_scopes_request(options));
  }

  /// Makes a scope of a client, which other clients can ask for.
  ///
  /// @param client_id the UUID of the client, a resource server.
  /// @param name what users read when they consent.
  /// @param description what it allows.
  /// @param scope_suffix the end of the scope's text; lower case letters, digits and underscores.
  /// @return the scope, with its `id` and `scope_string`, in `scope`.
  /// @see https://docs.globus.org/api/auth/reference/#create_scope
  Result<GlobusHTTPResponse> create_scope(Text client_id, Text name, Text description,
                                          Text scope_suffix,
                                          Options<CreateScopeOptions> options = {}) const {
    return this->template send<GlobusHTTPResponse>(
        detail::create_scope_request(client_id, name, description, scope_suffix, options));
  }

  /// Changes those parts of a scope that the options set.
  ///
  /// @see https://docs.globus.org/api/auth/reference/#update_scope
  Result<GlobusHTTPResponse> update_scope(Text scope_id,
                                          Options<UpdateScopeOptions> options = {}) const {
    return this->template send<GlobusHTTPResponse>(detail::update_scope_request(scope_id, options));
  }

  /// Deletes a scope.
  ///
  /// @see https://docs.globus.org/api/auth/reference/#delete_scope
  Result<GlobusHTTPResponse> delete_scope(Text scope_id) const {
    return this->template send<GlobusHTTPResponse>(
        detail::delete_(detail::path("/v2/api/scopes/{scope_id}", {scope_id})));
  }
};

extern template class BasicAuthClient<Blocking>;

/// The client in its ordinary mode: a method returns when its answer is there.
using AuthClient = BasicAuthClient<Blocking>;

}  // namespace globus_sdk::inline v0
