// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "globus_sdk/auth/auth_client.hpp"
#include "globus_sdk/authorizers/access_token_authorizer.hpp"
#include "wire/auth_modes.hpp"
#include "wire/replay.hpp"

namespace globus_sdk_test {
namespace {

using namespace globus_sdk;

template <class Client> Calls<Client> identity_calls() {
  return {
      {"userinfo",
       [](const Client& client, const Arguments&) { return finish(client.userinfo()); }},
      {"get_identities",
       [](const Client& client, const Arguments& arguments) {
         GetIdentitiesOptions options;
         arguments.set("usernames", options.usernames);
         arguments.set("ids", options.ids);
         arguments.set("provision", options.provision);
         arguments.set("query_params", options.query_params);
         return finish(client.get_identities(options));
       }},
      {"get_openid_configuration",
       [](const Client& client, const Arguments&) {
         return finish(client.get_openid_configuration());
       }},
      {"get_jwk", finish_get_jwk<Client>},
      {"get_identity_providers",
       [](const Client& client, const Arguments& arguments) {
         GetIdentityProvidersOptions options;
         arguments.set("domains", options.domains);
         arguments.set("ids", options.ids);
         arguments.set("query_params", options.query_params);
         return finish(client.get_identity_providers(options));
       }},
      {"get_consents",
       [](const Client& client, const Arguments& arguments) {
         GetConsentsOptions options;
         arguments.set("all", options.all);
         return finish(client.get_consents(arguments.get("identity_id"), options));
       }},
  };
}

template <class Client> Calls<Client> project_calls() {
  return {
      {"get_project",
       [](const Client& client, const Arguments& arguments) {
         return finish(client.get_project(arguments.get("project_id")));
       }},
      {"get_projects",
       [](const Client& client, const Arguments&) { return finish(client.get_projects()); }},
      {"create_project",
       [](const Client& client, const Arguments& arguments) {
         CreateProjectOptions options;
         arguments.set("admin_ids", options.admin_ids);
         arguments.set("admin_group_ids", options.admin_group_ids);
         return finish(client.create_project(arguments.get("display_name"),
                                             arguments.get("contact_email"), options));
       }},
      {"update_project",
       [](const Client& client, const Arguments& arguments) {
         UpdateProjectOptions options;
         arguments.set("display_name", options.display_name);
         arguments.set("contact_email", options.contact_email);
         arguments.set("admin_ids", options.admin_ids);
         arguments.set("admin_group_ids", options.admin_group_ids);
         return finish(client.update_project(arguments.get("project_id"), options));
       }},
      {"delete_project",
       [](const Client& client, const Arguments& arguments) {
         return finish(client.delete_project(arguments.get("project_id")));
       }},
  };
}

template <class Client> Calls<Client> policy_calls() {
  return {
      {"get_policy",
       [](const Client& client, const Arguments& arguments) {
         return finish(client.get_policy(arguments.get("policy_id")));
       }},
      {"get_policies",
       [](const Client& client, const Arguments&) { return finish(client.get_policies()); }},
      {"create_policy",
       [](const Client& client, const Arguments& arguments) {
         CreatePolicyOptions options;
         arguments.set("high_assurance", options.high_assurance);
         arguments.set("authentication_assurance_timeout",
                       options.authentication_assurance_timeout);
         arguments.set("required_mfa", options.required_mfa);
         arguments.set("domain_constraints_include", options.domain_constraints_include);
         arguments.set("domain_constraints_exclude", options.domain_constraints_exclude);
         return finish(client.create_policy(arguments.get("project_id"),
                                            arguments.get("display_name"),
                                            arguments.get("description"), options));
       }},
      {"update_policy",
       [](const Client& client, const Arguments& arguments) {
         UpdatePolicyOptions options;
         arguments.set("project_id", options.project_id);
         arguments.set("authentication_assurance_timeout",
                       options.authentication_assurance_timeout);
         arguments.set("required_mfa", options.required_mfa);
         arguments.set("display_name", options.display_name);
         arguments.set("description", options.description);
         arguments.set("domain_constraints_include", options.domain_constraints_include);
         arguments.set("domain_constraints_exclude", options.domain_constraints_exclude);
         return finish(client.update_policy(arguments.get("policy_id"), options));
       }},
      {"delete_policy",
       [](const Client& client, const Arguments& arguments) {
         return finish(client.delete_policy(arguments.get("policy_id")));
       }},
  };
}

template <class Client> Calls<Client> client_calls() {
  return {
      {"get_client",
       [](const Client& client, const Arguments& arguments) {
         GetClientOptions options;
         arguments.set("client_id", options.client_id);
         arguments.set("fqdn", options.fqdn);
         return finish(client.get_client(options));
       }},
      {"get_clients",
       [](const Client& client, const Arguments&) { return finish(client.get_clients()); }},
      {"create_client",
       [](const Client& client, const Arguments& arguments) {
         CreateClientOptions options;
         arguments.set("public_client", options.public_client);
         arguments.set("client_type", options.client_type);
         arguments.set("visibility", options.visibility);
         arguments.set("redirect_uris", options.redirect_uris);
         arguments.set("terms_and_conditions", options.terms_and_conditions);
         arguments.set("privacy_policy", options.privacy_policy);
         arguments.set("required_idp", options.required_idp);
         arguments.set("preselect_idp", options.preselect_idp);
         arguments.set("additional_fields", options.additional_fields);
         return finish(
             client.create_client(arguments.get("name"), arguments.get("project"), options));
       }},
      {"update_client",
       [](const Client& client, const Arguments& arguments) {
         UpdateClientOptions options;
         arguments.set("name", options.name);
         arguments.set("visibility", options.visibility);
         arguments.set("redirect_uris", options.redirect_uris);
         arguments.set("terms_and_conditions", options.terms_and_conditions);
         arguments.set("privacy_policy", options.privacy_policy);
         arguments.set("required_idp", options.required_idp);
         arguments.set("preselect_idp", options.preselect_idp);
         arguments.set("additional_fields", options.additional_fields);
         return finish(client.update_client(arguments.get("client_id"), options));
       }},
      {"delete_client",
       [](const Client& client, const Arguments& arguments) {
         return finish(client.delete_client(arguments.get("client_id")));
       }},
      {"get_client_credentials",
       [](const Client& client, const Arguments& arguments) {
         return finish(client.get_client_credentials(arguments.get("client_id")));
       }},
      {"create_client_credential",
       [](const Client& client, const Arguments& arguments) {
         return finish(
             client.create_client_credential(arguments.get("client_id"), arguments.get("name")));
       }},
      {"delete_client_credential",
       [](const Client& client, const Arguments& arguments) {
         return finish(client.delete_client_credential(arguments.get("client_id"),
                                                       arguments.get("credential_id")));
       }},
  };
}

template <class Client> Calls<Client> scope_calls() {
  return {
      {"get_scope",
       [](const Client& client, const Arguments& arguments) {
         return finish(client.get_scope(arguments.get("scope_id")));
       }},
      {"get_scopes",
       [](const Client& client, const Arguments& arguments) {
         GetScopesOptions options;
         arguments.set("scope_strings", options.scope_strings);
         arguments.set("ids", options.ids);
         arguments.set("query_params", options.query_params);
         return finish(client.get_scopes(options));
       }},
      {"create_scope",
       [](const Client& client, const Arguments& arguments) {
         CreateScopeOptions options;
         arguments.set("required_domains", options.required_domains);
         arguments.set("dependent_scopes", options.dependent_scopes);
         arguments.set("advertised", options.advertised);
         arguments.set("allows_refresh_token", options.allows_refresh_token);
         return finish(client.create_scope(arguments.get("client_id"), arguments.get("name"),
                                           arguments.get("description"),
                                           arguments.get("scope_suffix"), options));
       }},
      {"update_scope",
       [](const Client& client, const Arguments& arguments) {
         UpdateScopeOptions options;
         arguments.set("name", options.name);
         arguments.set("description", options.description);
         arguments.set("scope_suffix", options.scope_suffix);
         arguments.set("required_domains", options.required_domains);
         arguments.set("dependent_scopes", options.dependent_scopes);
         arguments.set("advertised", options.advertised);
         arguments.set("allows_refresh_token", options.allows_refresh_token);
         return finish(client.update_scope(arguments.get("scope_id"), options));
       }},
      {"delete_scope",
       [](const Client& client, const Arguments& arguments) {
         return finish(client.delete_scope(arguments.get("scope_id")));
       }},
  };
}

template <class Client> Calls<Client> auth_calls() {
  Calls<Client> calls = identity_calls<Client>();
  calls.merge(project_calls<Client>());
  calls.merge(policy_calls<Client>());
  calls.merge(client_calls<Client>());
  calls.merge(scope_calls<Client>());
  return calls;
}

template <class Mode> class AuthClientRecords : public testing::Test {};
TYPED_TEST_SUITE(AuthClientRecords, Modes, ModeNames);

TYPED_TEST(AuthClientRecords, AreReproduced) {
  replay_file<TypeParam>(
      "AuthClient.json", {"auth/auth_client.hpp"}, auth_calls<BasicAuthClient<TypeParam>>(),
      [](World<TypeParam>& world) {
        return world.template client<BasicAuthClient>(AccessTokenAuthorizer("access-token"));
      });
}

}  // namespace
}  // namespace globus_sdk_test
