// SPDX-License-Identifier: Apache-2.0
// A way to log in of one's own, on what LoginFlowManager offers.
#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "globus_sdk/core/errors.hpp"
#include "globus_sdk/login_flows/login_flow_manager.hpp"
#include "support/browser.hpp"
#include "support/sandbox_world.hpp"

namespace globus_sdk {
namespace {

using globus_sdk_test::between;
using globus_sdk_test::code_from;
using globus_sdk_test::consenting_world;
using globus_sdk_test::SandboxWorld;

const std::string transfer_scope = "urn:globus:auth:scope:transfer.api.globus.org:all";

/// Opens the page by itself, and keeps its address for the test.
class DirectLoginFlowManager final : public LoginFlowManager {
 public:
  explicit DirectLoginFlowManager(LoginClient client, bool refresh_tokens = false,
                                  const std::string& redirect_uri = {})
      : LoginFlowManager(std::move(client), refresh_tokens, "an app"),
        redirect_uri_(redirect_uri.empty() ? code_page().value() : redirect_uri) {}

  OAuthTokenResponse run_login_flow(
      const GlobusAuthorizationParameters& auth_parameters) const override {
    const auto flow = start_flow(auth_parameters, redirect_uri_);
    *url_ = get_authorize_url(flow, auth_parameters);
    return exchange_code(flow, code_from(*url_));
  }
  const std::string& url() const { return *url_; }

 private:
  std::string redirect_uri_;
  std::shared_ptr<std::string> url_ = std::make_shared<std::string>();
};

TEST(LoginFlowManager, LogsANativeAppIn) {
  const SandboxWorld world = consenting_world();
  const DirectLoginFlowManager manager(world.native_client(), true);
  const auto tokens = manager.run_login_flow({.session_message = "please",
                                              .required_scopes = {transfer_scope, "openid"},
                                              .prompt = "login"});
  EXPECT_TRUE(tokens.by_resource_server().at("transfer.api.globus.org").refresh_token);
  for (const char* part : {"code_challenge=", "prefill_named_grant=an+app", "access_type=offline",
                           "session_message=please", "prompt=login"}) {
    EXPECT_NE(manager.url().find(part), std::string::npos) << part;
  }
}

TEST(LoginFlowManager, LogsAConfidentialAppIn) {
  const SandboxWorld world = consenting_world();
  const DirectLoginFlowManager manager(world.login_client(), false, "http://127.0.0.1:9/callback");
  const auto tokens = manager.run_login_flow({.required_scopes = transfer_scope});
  EXPECT_FALSE(tokens.by_resource_server().at("transfer.api.globus.org").refresh_token);
  EXPECT_EQ(manager.url().find("prefill_named_grant"), std::string::npos);
}

TEST(LoginFlowManager, PassesOnWhatTheSessionMustHave) {
  const SandboxWorld world = consenting_world();
  const DirectLoginFlowManager manager(world.native_client());
  GlobusAuthorizationParameters asked{.required_scopes = "openid"};
  asked.session_required_identities = {world.sandbox.value("USERNAME")};
  asked.session_required_policies = {"p1", "p2"};
  asked.session_required_single_domain = {"a.example", "b.example"};
  asked.session_required_mfa = false;
  try {
    manager.run_login_flow(asked);
  } catch (const GlobusError&) {
    // what the sandbox makes of these is not this test's matter
  }
  EXPECT_EQ(between(manager.url(), "session_required_policies=", "&"), "p1%2Cp2");
  EXPECT_EQ(between(manager.url(), "session_required_single_domain=", "&"),
            "a.example%2Cb.example");
  EXPECT_EQ(between(manager.url(), "session_required_mfa=", "&"), "False");
  EXPECT_NE(between(manager.url(), "session_required_identities=", "&"), "");
}

TEST(LoginFlowManager, NeedsScopes) {
  const DirectLoginFlowManager manager(NativeAppAuthClient("a client"));
  EXPECT_THROW(manager.run_login_flow({}), GlobusSDKUsageError);
  EXPECT_THROW(manager.run_login_flow({.required_scopes = Strings()}), GlobusSDKUsageError);
  EXPECT_EQ(manager.url(), "");
}

TEST(LoginFlowManager, IsTakenByValueAndInASharedPointer) {
  const DirectLoginFlowManager manager(NativeAppAuthClient("a client"));
  const AnyLoginFlowManager by_value(manager);
  const AnyLoginFlowManager shared(std::make_shared<DirectLoginFlowManager>(manager));
  for (const auto& any : {by_value, shared}) {
    EXPECT_THROW(any.get()->run_login_flow({}), GlobusSDKUsageError);
  }
}

}  // namespace
}  // namespace globus_sdk
