// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "globus_sdk/auth/dependent_scope_spec.hpp"
#include "globus_sdk/core/choice.hpp"
#include "globus_sdk/core/field.hpp"
#include "globus_sdk/core/json.hpp"
#include "globus_sdk/core/payload.hpp"
#include "globus_sdk/core/strings.hpp"

namespace globus_sdk::inline v0 {

// Options of AuthClient's methods, each struct named for its method.

/// Options of AuthClient::get_identity_providers.
struct GetIdentityProvidersOptions {
  /// One domain or several, such as `example.org`. Cannot be given with `ids`.
  Field<Strings> domains{};
  /// One identity provider's id or several, UUIDs.
  Field<Strings> ids{};
  /// More query parameters: an object.
  Field<Json> query_params{};
};

/// Options of AuthClient::create_project.
struct CreateProjectOptions {
  /// Ids of the identities that administer the project, UUIDs. Required without admin_group_ids.
  Field<Strings> admin_ids{};
  /// Ids of the groups whose members administer the project, UUIDs.
  Field<Strings> admin_group_ids{};
};

/// Options of AuthClient::update_project.
struct UpdateProjectOptions {
  /// The name that users see. This field and the others change nothing when they are unset.
  Field<std::string> display_name{};
  /// Where users write to with questions about the project.
  Field<std::string> contact_email{};
  /// Ids of the identities that administer the project, UUIDs, in place of the present ones.
  Field<Strings> admin_ids{};
  /// Ids of the groups whose members administer the project, UUIDs, in place of the present ones.
  Field<Strings> admin_group_ids{};
};

/// Options of AuthClient::create_policy.
struct CreatePolicyOptions {
  /// Whether the policy is about sessions: when and how a user has logged in.
  Field<bool> high_assurance{};
  /// Within how many seconds a user must have logged in.
  Field<std::int64_t> authentication_assurance_timeout{};
  /// Whether a second factor is asked for; for high-assurance policies only.
  Field<bool> required_mfa{};
  /// The domains that satisfy the policy; null for any.
  Nullable<Strings> domain_constraints_include{};
  /// The domains that do not satisfy the policy.
  Nullable<Strings> domain_constraints_exclude{};
};

/// Options of AuthClient::update_policy.
struct UpdatePolicyOptions {
  /// The project that the policy is moved to, a UUID.
  Field<std::string> project_id{};
  /// Within how many seconds a user must have logged in.
  Field<std::int64_t> authentication_assurance_timeout{};
  /// Whether a second factor is asked for; for high-assurance policies only.
  Field<bool> required_mfa{};
  /// The name that users see. This field and the others change nothing when they are unset.
  Field<std::string> display_name{};
  /// What users are told about the policy.
  Field<std::string> description{};
  /// The domains that satisfy the policy; null for any.
  Nullable<Strings> domain_constraints_include{};
  /// The domains that do not satisfy the policy; null for none.
  Nullable<Strings> domain_constraints_exclude{};
};

/// Options of AuthClient::get_client.
struct GetClientOptions {
  /// The id of the client, a UUID. Cannot be given with `fqdn`.
  Field<std::string> client_id{};
  /// A domain name of the client, such as `example.org`.
  Field<std::string> fqdn{};
};

/// What a client is made for.
enum class ClientType {
  client_identity,          ///< acts as itself: a service account
  confidential_client,      ///< logs users in and keeps a secret
  globus_connect_server,    ///< an endpoint of Globus Connect Server
  public_installed_client,  ///< logs users in on their own machines, without a secret
  hybrid_confidential_client_resource_server,  ///< anything that a client with a secret can be
  resource_server,                             ///< an API that is called with tokens
};
template <> struct ChoiceNames<ClientType> {
  static constexpr std::string_view parameter = "client_type";
  static constexpr std::string_view names[] = {"client_identity",
                                               "confidential_client",
                                               "globus_connect_server",
                                               "public_installed_client",
                                               "hybrid_confidential_client_resource_server",
                                               "resource_server"};
  static constexpr bool closed = false;
};

/// Who may see a client.
enum class ClientVisibility {
  public_,   ///< every user
  private_,  ///< the users of its project
};
template <> struct ChoiceNames<ClientVisibility> {
  static constexpr std::string_view parameter = "visibility";
  static constexpr std::string_view names[] = {"public", "private"};
  static constexpr bool closed = false;
};

/// Options of AuthClient::create_client.
struct CreateClientOptions {
  /// Whether the client cannot keep a secret. Give either this or client_type.
  Field<bool> public_client{};
  /// What the client is made for. Give either this or public_client.
  Field<Choice<ClientType>> client_type{};
  /// Who may see the client.
  Field<Choice<ClientVisibility>> visibility{};
  /// The URIs to which a login may send codes.
  Field<Strings> redirect_uris{};
  /// URL of the terms and conditions. Give it together with privacy_policy.
  Field<std::string> terms_and_conditions{};
  /// URL of the privacy policy. Give it together with terms_and_conditions.
  Field<std::string> privacy_policy{};
  /// The identity provider, a UUID: a user must have an identity of it.
  Field<std::string> required_idp{};
  /// The identity provider, a UUID, that the login page offers first.
  Field<std::string> preselect_idp{};
  /// More members of the client's document.
  Field<Json> additional_fields{};
};

/// Options of ConfidentialAppAuthClient::create_child_client.
using CreateChildClientOptions = CreateClientOptions;

/// Options of AuthClient::update_client.
struct UpdateClientOptions {
  /// The name that users see. This field and the others change nothing when they are unset.
  Field<std::string> name{};
  /// Who may see the client.
  Field<Choice<ClientVisibility>> visibility{};
  /// The URIs to which a login may send codes, in place of the present ones.
  Field<Strings> redirect_uris{};
  /// URL of the terms and conditions, or null to remove it. Give it together with privacy_policy:
  /// both with a value, or both null.
  Nullable<std::string> terms_and_conditions{};
  /// URL of the privacy policy, or null to remove it.
  Nullable<std::string> privacy_policy{};
  /// The identity provider of which a user must have an identity: a UUID, or null to remove it.
  Nullable<std::string> required_idp{};
  /// The identity provider that the login page offers first: a UUID, or null to remove it.
  Nullable<std::string> preselect_idp{};
  /// More members of the client's document.
  Field<Json> additional_fields{};
};

/// Options of AuthClient::get_scopes.
struct GetScopesOptions {
  /// One scope or several, as a login asks for them. Cannot be given with `ids`.
  Field<Strings> scope_strings{};
  /// One scope's id or several, UUIDs.
  Field<Strings> ids{};
  /// More query parameters: an object.
  Field<Json> query_params{};
};

/// Options of AuthClient::create_scope.
struct CreateScopeOptions {
  /// Domains in which a user must have an identity.
  Field<Strings> required_domains{};
  /// The scopes of other services that this scope depends on.
  Field<std::vector<DependentScopeSpec>> dependent_scopes{};
  /// Whether clients can find the scope without asking for it by its id or text.
  Field<bool> advertised{};
  /// Whether the scope can be used with refresh tokens.
  Field<bool> allows_refresh_token{};
};

/// Options of AuthClient::update_scope.
struct UpdateScopeOptions {
  /// The name that users see. This field and the others change nothing when they are unset.
  Field<std::string> name{};
  /// What users are told about the scope.
  Field<std::string> description{};
  /// The last part of the scope's text.
  Field<std::string> scope_suffix{};
  /// Domains in which a user must have an identity.
  Field<Strings> required_domains{};
  /// The scopes of other services that this scope depends on, in place of the present ones.
  Field<std::vector<DependentScopeSpec>> dependent_scopes{};
  /// Whether clients can find the scope without asking for it by its id or text.
  Field<bool> advertised{};
  /// Whether the scope can be used with refresh tokens.
  Field<bool> allows_refresh_token{};
};

/// Options of AuthClient::get_consents.
struct GetConsentsOptions {
  /// Whether to also return consents that were given to other clients, which needs the scope
  /// `view_consents`.
  bool all = false;
};

namespace detail {
/// The document of a new client: what `method` takes besides the options, and these.
///
/// @throws GlobusSDKUsageError for options that exclude each other, or go together.
Payload new_client(std::string_view method, Payload client, const CreateClientOptions& options);
/// The document of what is to change in a client.
///
/// @throws GlobusSDKUsageError for options that go together.
Payload changed_client(const UpdateClientOptions& options);
}  // namespace detail

}  // namespace globus_sdk::inline v0
