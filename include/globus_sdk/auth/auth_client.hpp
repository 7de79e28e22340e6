// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <string_view>

#include "globus_sdk/auth/auth_options.hpp"
#include "globus_sdk/auth/auth_responses.hpp"
#include "globus_sdk/auth/errors.hpp"
#include "globus_sdk/auth/get_consents_response.hpp"
#include "globus_sdk/auth/get_identities_response.hpp"
#include "globus_sdk/auth/get_jwk_response.hpp"
#include "globus_sdk/core/payload.hpp"
#include "globus_sdk/core/service_client.hpp"
#include "globus_sdk/scopes/scope_collections.hpp"

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

/// Globus Auth on behalf of a user. It tells whom a token belongs to and looks up identities. It
/// also manages what developers have: projects, and their policies, clients, credentials and
/// scopes.
///
/// It represents a user, by an access token or a refresh token for `auth.globus.org`. To log users
/// in, use ConfidentialAppAuthClient or NativeAppAuthClient. Mirrors `globus_sdk.AuthClient`.
template <class Mode> class BasicAuthClient : public BasicServiceClient<BasicAuthClient, Mode> {
  using Base = BasicServiceClient<BasicAuthClient, Mode>;

 public:
  using Base::Base;
  template <class T> using Result = typename Base::template Result<T>;
  template <class O> using Options = typename Base::template Options<O>;

  /// The class of the errors that Globus Auth answers with.
  using Error = AuthAPIError;
  /// As in the variable `GLOBUS_SDK_SERVICE_URL_AUTH`.
  static constexpr std::string_view service_name = "auth";
  /// The key under which an app keeps the client's tokens.
  static constexpr std::string_view resource_server = AuthScopes.resource_server;
  /// The scopes that a client adds to what its app requires.
  static constexpr std::array<std::string_view, 3> default_scopes{
      AuthScopes.openid, AuthScopes.profile, AuthScopes.email};

  /// What may be known about the user of the token: `sub`, and more with the scopes `email` and
  /// `profile`.
  ///
  /// @throws AuthAPIError 403 when the token lacks the scope `openid`.
  /// @see https://docs.globus.org/api/auth/reference/#get_or_post_v2_oauth2_userinfo_resource
  Result<GlobusHTTPResponse> userinfo() const {
    return this->send(detail::get("/v2/oauth2/userinfo"));
  }

  /// Looks identities up, by username or by id.
  ///
  /// @throws GlobusSDKUsageError when both usernames and ids are given.
  /// @see https://docs.globus.org/api/auth/reference/#v2_api_identities_resources
  Result<GetIdentitiesResponse> get_identities(Options<GetIdentitiesOptions> options = {}) const {
    detail::at_most_one("get_identities", {"usernames", options.usernames}, {"ids", options.ids});
    const bool by_name = options.usernames.has_value();
    return this->template send<GetIdentitiesResponse>(
        detail::get("/v2/api/identities")
            .query("usernames", options.usernames)
            .query("ids", options.ids)
            .query("provision", by_name ? Field<bool>(options.provision) : Field<bool>(),
                   BooleanStyle::lower)
            .query_params(options.query_params));
  }

  // ---- what id tokens are verified with ----

  /// The OpenID configuration of Globus Auth: its endpoints, scopes and algorithms.
  /// @see https://openid.net/specs/openid-connect-discovery-1_0.html
  Result<GlobusHTTPResponse> get_openid_configuration() const {
    return this->send(detail::get("/.well-known/openid-configuration"));
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
    detail::at_most_one("get_identity_providers", {"domains", options.domains},
                        {"ids", options.ids});
    return this->template send<GetIdentityProvidersResponse>(
        detail::get("/v2/api/identity_providers")
            .query("domains", options.domains)
            .query("ids", options.ids)
            .query_params(options.query_params));
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
    return this->send(detail::get(detail::path("/v2/api/projects/{project_id}", {project_id})));
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
    return this->send(
        detail::post("/v2/api/projects")
            .json(Payload().set(
                "project",
                Payload()
                    .set("display_name", detail::require("display_name", display_name))
                    .set("contact_email", detail::require("contact_email", contact_email))
                    .set("admin_ids", options.admin_ids)
                    .set("admin_group_ids", options.admin_group_ids))));
  }

  /// Changes those parts of a project that the options set.
  ///
  /// @see https://docs.globus.org/api/auth/reference/#update_project
  Result<GlobusHTTPResponse> update_project(Text project_id,
                                            Options<UpdateProjectOptions> options = {}) const {
    return this->send(
        detail::put(detail::path("/v2/api/projects/{project_id}", {project_id}))
            .json(Payload().set("project", Payload()
                                               .set("display_name", options.display_name)
                                               .set("contact_email", options.contact_email)
                                               .set("admin_ids", options.admin_ids)
                                               .set("admin_group_ids", options.admin_group_ids))));
  }

  /// Deletes a project, which must have no clients and no policies.
  ///
  /// @see https://docs.globus.org/api/auth/reference/#delete_project
  Result<GlobusHTTPResponse> delete_project(Text project_id) const {
    return this->send(detail::delete_(detail::path("/v2/api/projects/{project_id}", {project_id})));
  }

  // ---- policies ---------------------------------------------------------------------------------

  /// A policy, in `policy`.
  ///
  /// @param policy_id a UUID.
  /// @see https://docs.globus.org/api/auth/reference/#get_policies
  Result<GlobusHTTPResponse> get_policy(Text policy_id) const {
    return this->send(detail::get(detail::path("/v2/api/policies/{policy_id}", {policy_id})));
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
    return this->send(
        detail::post("/v2/api/policies")
            .json(Payload().set(
                "policy",
                Payload()
                    .set("project_id", detail::require("project_id", project_id))
                    .set("high_assurance", options.high_assurance)
                    .set("authentication_assurance_timeout",
                         options.authentication_assurance_timeout)
                    .set("required_mfa", options.required_mfa)
                    .set("display_name", detail::require("display_name", display_name))
                    .set("description", detail::require("description", description))
                    .set("domain_constraints_include", options.domain_constraints_include)
                    .set("domain_constraints_exclude", options.domain_constraints_exclude))));
  }

  /// Changes those parts of a policy that the options set.
  ///
  /// @see https://docs.globus.org/api/auth/reference/#update_policy
  Result<GlobusHTTPResponse> update_policy(Text policy_id,
                                           Options<UpdatePolicyOptions> options = {}) const {
    return this->send(
        detail::put(detail::path("/v2/api/policies/{policy_id}", {policy_id}))
            .json(Payload().set(
                "policy",
                Payload()
                    .set("project_id", options.project_id)
                    .set("authentication_assurance_timeout",
                         options.authentication_assurance_timeout)
                    .set("required_mfa", options.required_mfa)
                    .set("display_name", options.display_name)
                    .set("description", options.description)
                    .set("domain_constraints_include", options.domain_constraints_include)
                    .set("domain_constraints_exclude", options.domain_constraints_exclude))));
  }

  /// Deletes a policy.
  ///
  /// @see https://docs.globus.org/api/auth/reference/#delete_policy
  Result<GlobusHTTPResponse> delete_policy(Text policy_id) const {
    return this->send(detail::delete_(detail::path("/v2/api/policies/{policy_id}", {policy_id})));
  }

  // ---- clients ----------------------------------------------------------------------------------

  /// A client, found by its id or by one of its domain names; in `client`.
  ///
  /// @throws GlobusSDKUsageError unless exactly one of client_id and fqdn is given.
  /// @see https://docs.globus.org/api/auth/reference/#get_clients
  Result<GlobusHTTPResponse> get_client(Options<GetClientOptions> options = {}) const {
    detail::exactly_one("get_client", {"client_id", options.client_id}, {"fqdn", options.fqdn});
    return this->send(
        options.client_id
            ? detail::get(detail::path("/v2/api/clients/{client_id}", {*options.client_id}))
            : detail::get("/v2/api/clients").query("fqdn", detail::require("fqdn", *options.fqdn)));
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
    return this->send(
        detail::post("/v2/api/clients")
            .json(Payload().set(
                "client",
                detail::new_client("create_client",
                                   Payload()
                                       .set("name", detail::require("name", name))
                                       .set("project", detail::require("project", project)),
                                   options))));
  }

  /// Changes those parts of a client that the options set.
  ///
  /// @throws GlobusSDKUsageError when only one of terms_and_conditions and privacy_policy is
  ///   given, or only one is null.
  /// @see https://docs.globus.org/api/auth/reference/#update_client
  Result<GlobusHTTPResponse> update_client(Text client_id,
                                           Options<UpdateClientOptions> options = {}) const {
    return this->send(detail::put(detail::path("/v2/api/clients/{client_id}", {client_id}))
                          .json(Payload().set("client", detail::changed_client(options))));
  }

  /// Deletes a client, and with it its credentials and scopes.
  ///
  /// @see https://docs.globus.org/api/auth/reference/#delete_client
  Result<GlobusHTTPResponse> delete_client(Text client_id) const {
    return this->send(detail::delete_(detail::path("/v2/api/clients/{client_id}", {client_id})));
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
    return this->send(
        detail::post(detail::path("/v2/api/clients/{client_id}/credentials", {client_id}))
            .json(
                Payload().set("credential", Payload().set("name", detail::require("name", name)))));
  }

  /// Revokes a client's secret.
  ///
  /// @see https://docs.globus.org/api/auth/reference/#delete_client_credentials
  Result<GlobusHTTPResponse> delete_client_credential(Text client_id, Text credential_id) const {
    return this->send(detail::delete_(detail::path(
        "/v2/api/clients/{client_id}/credentials/{credential_id}", {client_id, credential_id})));
  }

  // ---- scopes -----------------------------------------------------------------------------------

  /// A scope, in `scope`.
  ///
  /// @param scope_id a UUID.
  /// @see https://docs.globus.org/api/auth/reference/#get_scopes
  Result<GlobusHTTPResponse> get_scope(Text scope_id) const {
    return this->send(detail::get(detail::path("/v2/api/scopes/{scope_id}", {scope_id})));
  }

  /// Looks scopes up, by text or by id. Without either, the answer has the scopes of the clients of
  /// all projects that the user administers.
  ///
  /// @throws GlobusSDKUsageError when both scope_strings and ids are given.
  /// @see https://docs.globus.org/api/auth/reference/#get_scopes
  Result<GetScopesResponse> get_scopes(Options<GetScopesOptions> options = {}) const {
    detail::at_most_one("get_scopes", {"scope_strings", options.scope_strings},
                        {"ids", options.ids});
    return this->template send<GetScopesResponse>(detail::get("/v2/api/scopes")
                                                      .query_params(options.query_params)
                                                      .query("scope_strings", options.scope_strings)
                                                      .query("ids", options.ids));
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
    return this->send(
        detail::post(detail::path("/v2/api/clients/{client_id}/scopes", {client_id}))
            .json(Payload().set(
                "scope", Payload()
                             .set("name", detail::require("name", name))
                             .set("description", detail::require("description", description))
                             .set("scope_suffix", detail::require("scope_suffix", scope_suffix))
                             .set("advertised", options.advertised)
                             .set("allows_refresh_token", options.allows_refresh_token)
                             .set("required_domains", options.required_domains)
                             .set("dependent_scopes", options.dependent_scopes))));
  }

  /// Changes those parts of a scope that the options set.
  ///
  /// @see https://docs.globus.org/api/auth/reference/#update_scope
  Result<GlobusHTTPResponse> update_scope(Text scope_id,
                                          Options<UpdateScopeOptions> options = {}) const {
    return this->send(
        detail::put(detail::path("/v2/api/scopes/{scope_id}", {scope_id}))
            .json(Payload().set("scope",
                                Payload()
                                    .set("name", options.name)
                                    .set("description", options.description)
                                    .set("scope_suffix", options.scope_suffix)
                                    .set("advertised", options.advertised)
                                    .set("allows_refresh_token", options.allows_refresh_token)
                                    .set("required_domains", options.required_domains)
                                    .set("dependent_scopes", options.dependent_scopes))));
  }

  /// Deletes a scope.
  ///
  /// @see https://docs.globus.org/api/auth/reference/#delete_scope
  Result<GlobusHTTPResponse> delete_scope(Text scope_id) const {
    return this->send(detail::delete_(detail::path("/v2/api/scopes/{scope_id}", {scope_id})));
  }
};

extern template class BasicAuthClient<Blocking>;

/// The client in its ordinary mode: a method returns when its answer is there.
using AuthClient = BasicAuthClient<Blocking>;

}  // namespace globus_sdk::inline v0
