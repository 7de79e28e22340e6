// SPDX-License-Identifier: Apache-2.0
// What services ask of a user's session and consents, from the error to the login that meets it.
#include <gtest/gtest.h>

#include <string>

#include "globus_sdk/authorizers/access_token_authorizer.hpp"
#include "globus_sdk/core/literals.hpp"
#include "globus_sdk/gare/gare.hpp"
#include "support/browser.hpp"
#include "support/sandbox_world.hpp"

namespace globus_sdk {
namespace {

using globus_sdk_test::code_from;
using globus_sdk_test::consenting_world;
using globus_sdk_test::SandboxWorld;

constexpr const char* transfer_scope = "urn:globus:auth:scope:transfer.api.globus.org:all";
const char* const home = "ada@home.example";
const char* const work = "ada@work.example";

class SessionRequirements : public testing::Test {
 protected:
  void SetUp() override {
    world.sandbox.control("POST", "users", R"({"username": "ada@home.example"})");
    world.sandbox.control("POST", "users",
                          R"({"username": "ada@work.example", "linked_to": "ada@home.example"})");
  }
  /// @param fields of an object's text
  void change_source(const std::string& fields) {
    world.sandbox.control("PATCH", "collections",
                          R"({"collection": ")" + world.source() + "\", " + fields + '}');
  }
  /// A client for Transfer after a login; the first one is as the user at home.
  TransferClient log_in(const AuthorizeURLOptions& options, const Strings& scopes) {
    native.oauth2_start_flow(scopes);
    const OAuthTokenResponse tokens =
        native.oauth2_exchange_code_for_tokens(code_from(native.oauth2_get_authorize_url(options)));
    return world.transfer_client(AccessTokenAuthorizer(
        tokens.by_resource_server().at("transfer.api.globus.org").access_token));
  }
  TransferClient log_in_at_home() {
    return log_in({.query_params = {{"login_hint", home}}}, transfer_scope);
  }
  /// The login that an error asks for.
  TransferClient log_in_for(const GARE& gare) {
    const GlobusAuthorizationParameters& asked = gare.authorization_parameters;
    AuthorizeURLOptions options;
    options.session_required_identities = asked.session_required_identities;
    options.session_required_single_domain = asked.session_required_single_domain;
    options.session_required_policies = asked.session_required_policies;
    options.session_required_mfa = asked.session_required_mfa;
    options.session_message = asked.session_message;
    if (asked.prompt) options.prompt = *asked.prompt;
    return log_in(options,
                  asked.required_scopes ? *asked.required_scopes : Strings(transfer_scope));
  }
  template <class Call> static GARE refused(const Call& call) {
    try {
      call();
    } catch (const GlobusAPIError& error) {
      EXPECT_EQ(error.http_status(), 403) << error.what();
      const auto gare = to_gare(error);
      if (gare) return *gare;
      ADD_FAILURE() << "no requirements: " << error.what();
      return {};
    }
    ADD_FAILURE() << "no exception";
    return {};
  }

  SandboxWorld world = consenting_world();
  NativeAppAuthClient native = world.native_client();
};

TEST_F(SessionRequirements, OfACollectionOfHighAssurance) {
  const TransferClient before = log_in_at_home();
  EXPECT_EQ(before.operation_ls(world.source()).http_status(), 200);
  change_source(R"("entity_type": "GCSv5_mapped_collection", "high_assurance": true,
                   "authentication_assurance_timeout": 600, "session_required_mfa": true,
                   "session_required_single_domain": ["work.example"])");
  EXPECT_EQ(before.get_endpoint(world.source())["high_assurance"], true);
  const GARE asked = refused([&] { before.operation_ls(world.source()); });
  EXPECT_EQ(asked.code, "ExternalError.DirListingFailed.LoginFailed");
  EXPECT_EQ(*asked.authorization_parameters.session_required_mfa, true);
  EXPECT_EQ(*asked.authorization_parameters.prompt, "login");
  const TransferClient after = log_in_for(asked);
  EXPECT_EQ(after.operation_ls(world.source()).http_status(), 200);
  DeleteData data(world.source());
  data.add_item("/nothing");
  EXPECT_EQ(refused([&] { before.submit_delete(data); }).code, "PermissionDenied");
}

TEST_F(SessionRequirements, OfAPolicy) {
  const AuthClient manager =
      world.auth_client(AccessTokenAuthorizer(world.sandbox.value("AUTH_TOKEN")));
  const std::string user = manager.userinfo()["sub"];
  const std::string project =
      manager.create_project("p", "mail@example.org", {.admin_ids = user})["project"]["id"];
  const std::string policy = manager.create_policy(
      project, "at work", "d",
      {.high_assurance = true, .domain_constraints_include = {"work.example"}})["policy"]["id"];
  change_source(R"("session_required_policies": [")" + policy + R"("])");
  const TransferClient before = log_in_at_home();
  EXPECT_EQ(before.get_endpoint(world.source())["authentication_policy_id"], policy);
  const GARE asked = refused([&] { before.operation_ls(world.source()); });
  EXPECT_EQ(log_in_for(asked).operation_ls(world.source()).http_status(), 200);
}

TEST_F(SessionRequirements, OfAMappedCollectionAreConsents) {
  change_source(R"("entity_type": "GCSv5_mapped_collection")");
  const TransferClient before = log_in_at_home();
  const GARE asked = refused([&] { before.operation_ls(world.source()); });
  EXPECT_EQ(asked.code, "ConsentRequired");
  log_in({.query_params = {{"login_hint", home}}}, *asked.authorization_parameters.required_scopes);
  EXPECT_EQ(before.operation_ls(world.source()).http_status(), 200)
      << "a consent is the client's, whatever the token";
}

TEST_F(SessionRequirements, ThatATestMakesUp) {
  const std::string scope = std::string(transfer_scope) + "[openid]";
  for (const std::string& require :
       {std::string(R"({"session_required_mfa": true})"), std::string(R"({"prompt": "login"})"),
        R"({"session_required_identities": [")" + std::string(work) + R"("]})",
        R"({"required_scopes": [")" + scope +
            R"("], "session_required_single_domain": ["work.example"]})"}) {
    const TransferClient before = log_in_at_home();
    world.sandbox.add_fault({.path = "/task_list$", .require = require});
    const GARE asked = refused([&] { before.task_list(); });
    EXPECT_EQ(asked.code, "AuthorizationRequired");
    EXPECT_EQ(asked.authorization_parameters.to_dict(), Json::parse(require));
    EXPECT_EQ(log_in_for(asked).task_list().http_status(), 200) << require;
    world.sandbox.clear_faults();
  }
}

TEST_F(SessionRequirements, OfAResourceServerAreItsDependentConsents) {
  const ConfidentialAppAuthClient service = world.login_client();
  const std::string own = "https://auth.globus.org/scopes/" + service.client_id() + "/all";
  native.oauth2_start_flow(own);
  const OAuthTokenResponse sent =
      native.oauth2_exchange_code_for_tokens(code_from(native.oauth2_get_authorize_url()));
  const std::string token = sent.by_resource_server().at(service.client_id()).access_token;
  const GARE asked =
      refused([&] { service.oauth2_get_dependent_tokens(token, {.scope = "email"}); });
  EXPECT_EQ(asked.code, "ConsentRequired");
  native.oauth2_start_flow(*asked.authorization_parameters.required_scopes);
  code_from(native.oauth2_get_authorize_url());
  EXPECT_EQ(service.oauth2_get_dependent_tokens(token, {.scope = "email"}).http_status(), 200);
}

}  // namespace
}  // namespace globus_sdk
