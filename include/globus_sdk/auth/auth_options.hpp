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
#include "globus_sdk/core/strings.hpp"

namespace globus_sdk::inline v0 {

// Options of AuthClient's methods, each struct named for its method.

/// Options of AuthClient::get_identity_providers.
struct GetIdentityProvidersOptions {
  /// One domain or several, `example.org`. Excludes `ids`.
  Field<Strings> domains{};
  /// One identity provider's id or several, UUIDs.
  Field<Strings> ids{};
  /// More query parameters: an object.
  Field<Json> query_params{};
};

/// Options of AuthClient::create_project.
struct CreateProjectOptions {
  /// Ids of the identities that administer it, UUIDs. Needed unless there are admin_group_ids.
  Field<Strings> admin_ids{};
  /// Ids of the groups whose members administer it, UUIDs.
  Field<Strings> admin_group_ids{};
};

/// Options of AuthClient::update_project.
struct UpdateProjectOptions {
  /// What users see. This and the other fields leave what there is as it is, where they are unset.
  Field<std::string> display_name{};
  /// Where questions about the project go.
  Field<std::string> contact_email{};
  /// Ids of the identities that administer it, UUIDs, in place of those it has.
  Field<Strings> admin_ids{};
  /// Ids of the groups whose members administer it, UUIDs, in place of those it has.
  Field<Strings> admin_group_ids{};
};

/// Options of AuthClient::create_policy.
struct CreatePolicyOptions {
  /// Whether it is about sessions: when and how a user has logged in.
  Field<bool> high_assurance{};
  /// Within how many seconds a user must have logged in.
  Field<std::int64_t> authentication_assurance_timeout{};
  /// Whether a second factor is asked for; of high-assurance policies only.
  Field<bool> required_mfa{};
  /// The domains that satisfy the policy; null for any.
  Nullable<Strings> domain_constraints_include{};
  /// The domains that do not.
  Nullable<Strings> domain_constraints_exclude{};
};

/// Options of AuthClient::update_policy.
struct UpdatePolicyOptions {
  /// The project that the policy goes to, a UUID.
  Field<std::string> project_id{};
  /// Seconds, as in CreatePolicyOptions.
  Field<std::int64_t> authentication_assurance_timeout{};
  /// Whether a second factor is asked for; of high-assurance policies only.
  Field<bool> required_mfa{};
  /// What users see. This and the other fields leave what there is as it is, where they are unset.
  Field<std::string> display_name{};
  /// What users are told about it.
  Field<std::string> description{};
  /// The domains that satisfy the policy; null for any.
  Nullable<Strings> domain_constraints_include{};
  /// The domains that do not; null for none.
  Nullable<Strings> domain_constraints_exclude{};
};

/// Options of AuthClient::get_client.
struct GetClientOptions {
  /// A UUID. Excludes `fqdn`.
  Field<std::string> client_id{};
  /// A domain name that the client has, `example.org`.
  Field<std::string> fqdn{};
};

/// What a client is made for.
enum class ClientType {
  client_identity,          ///< acts as itself: a service account
  confidential_client,      ///< logs users in and keeps a secret
  globus_connect_server,    ///< an endpoint of Globus Connect Server
  public_installed_client,  ///< logs users in on their own machines, without a secret
  hybrid_confidential_client_resource_server,  ///< anything that one with a secret can be
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
  private_,  ///< those of its project
};
template <> struct ChoiceNames<ClientVisibility> {
  static constexpr std::string_view parameter = "visibility";
  static constexpr std::string_view names[] = {"public", "private"};
  static constexpr bool closed = false;
};

/// Options of AuthClient::create_client.
struct CreateClientOptions {
  /// Whether it cannot keep a secret. Either this or client_type must be given.
  Field<bool> public_client{};
  /// What it is made for. Either this or public_client must be given.
  Field<Choice<ClientType>> client_type{};
  /// Who may see it.
  Field<Choice<ClientVisibility>> visibility{};
  /// Where codes may be sent in a login.
  Field<Strings> redirect_uris{};
  /// URL of the terms and conditions. Goes with privacy_policy only.
  Field<std::string> terms_and_conditions{};
  /// URL of the privacy policy. Goes with terms_and_conditions only.
  Field<std::string> privacy_policy{};
  /// The identity provider, a UUID, of which a user must have an identity.
  Field<std::string> required_idp{};
  /// The identity provider, a UUID, that the login page offers first.
  Field<std::string> preselect_idp{};
  /// More members of the client's document.
  Field<Json> additional_fields{};
};

/// Of ConfidentialAppAuthClient::create_child_client.
using CreateChildClientOptions = CreateClientOptions;

/// Options of AuthClient::update_client.
struct UpdateClientOptions {
  /// What users see. This and the other fields leave what there is as it is, where they are unset.
  Field<std::string> name{};
  /// Who may see it.
  Field<Choice<ClientVisibility>> visibility{};
  /// Where codes may be sent in a login, in place of what there is.
  Field<Strings> redirect_uris{};
  /// URL of the terms and conditions, or null to remove it. Goes with privacy_policy only: both a
  /// value or both null.
  Nullable<std::string> terms_and_conditions{};
  /// URL of the privacy policy, or null to remove it.
  Nullable<std::string> privacy_policy{};
  /// A UUID, or null to remove it.
  Nullable<std::string> required_idp{};
  /// The identity provider that the login page offers first: a UUID, or null to remove it.
  Nullable<std::string> preselect_idp{};
  /// More members of the client's document.
  Field<Json> additional_fields{};
};

/// Options of AuthClient::get_scopes.
struct GetScopesOptions {
  /// One scope or several, as they stand in a login. Excludes `ids`.
  Field<Strings> scope_strings{};
  /// One scope's id or several, UUIDs.
  Field<Strings> ids{};
  /// More query parameters: an object.
  Field<Json> query_params{};
};

/// Options of AuthClient::create_scope.
struct CreateScopeOptions {
  /// Domains of which a user must have an identity.
  Field<Strings> required_domains{};
  /// The scopes that this one needs of other services.
  Field<std::vector<DependentScopeSpec>> dependent_scopes{};
  /// Whether clients can find it without asking for it by its id or text.
  Field<bool> advertised{};
  /// Whether it can be had with a refresh token.
  Field<bool> allows_refresh_token{};
};

/// Options of AuthClient::update_scope.
struct UpdateScopeOptions {
  /// What users see. This and the other fields leave what there is as it is, where they are unset.
  Field<std::string> name{};
  /// What users are told about it.
  Field<std::string> description{};
  /// The last part of the scope's text.
  Field<std::string> scope_suffix{};
  /// Domains of which a user must have an identity.
  Field<Strings> required_domains{};
  /// The scopes that this one needs of other services, in place of those it has.
  Field<std::vector<DependentScopeSpec>> dependent_scopes{};
  /// Whether clients can find it without asking for it by its id or text.
  Field<bool> advertised{};
  /// Whether it can be had with a refresh token.
  Field<bool> allows_refresh_token{};
};

/// Options of AuthClient::get_consents.
struct GetConsentsOptions {
  /// Also those that were given to other clients, which takes the scope `view_consents`.
  bool all = false;
};

}  // namespace globus_sdk::inline v0
