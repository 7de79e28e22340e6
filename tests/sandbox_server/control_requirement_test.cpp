// SPDX-License-Identifier: Apache-2.0
// Faults that last until the user's session and consents have what they require.
#include <gmock/gmock.h>

#include <thread>

#include "sandbox_server/auth_fixture.hpp"

using globus_sandbox::Fault;
using raw_http::Answer;

namespace {

namespace json = boost::json;

class ControlRequirement : public AuthFixture {
 protected:
  long add(const std::string& fault) {
    return http.send_json("POST", value("URL") + "faults", fault).status;
  }
  Answer tasks(const std::string& token) {
    return http.get_as(token, transfer("/v0.10/task_list"));
  }
  std::string log_in(const raw_http::Pairs& more = {}, const std::string& dependencies = {}) {
    auto fields = app_request(transfer_scope + dependencies);
    fields.insert(fields.end(), more.begin(), more.end());
    return exchange_app_code(redirected(decide(fields), "code")).text("access_token");
  }
};

TEST_F(ControlRequirement, LastsUntilTheSessionMeetsIt) {
  ASSERT_EQ(add(R"({"method":"GET","path":"/task_list$","require":
                    {"session_required_mfa":true,"session_message":"Show two"}})"),
            200);
  const std::string token = log_in();
  for (int i = 0; i < 3; ++i) {
    const Answer refused = tasks(token);
    ASSERT_EQ(refused.status, 403);
    EXPECT_EQ(refused.text("code"), "AuthorizationRequired");
    EXPECT_EQ(refused.text("resource"), "/v0.10/task_list");
    EXPECT_EQ(json::serialize(refused.json().at("authorization_parameters")),
              R"({"session_required_mfa":true,"session_message":"Show two"})");
  }
  EXPECT_EQ(http.get_as(token, transfer("/v0.10/submission_id")).status, 200) << "another path";
  EXPECT_EQ(tasks("no token").status, 401) << "the service's own refusal comes first";
  EXPECT_EQ(tasks(log_in({{"session_required_mfa", "true"}})).status, 200);
  EXPECT_EQ(tasks(token).status, 403) << "another session";
  sandbox->clear_faults();
  EXPECT_EQ(tasks(token).status, 200);
}

TEST_F(ControlRequirement, ACountIsOfRefusals) {
  ASSERT_EQ(add(R"({"count":2,"require":{"session_required_mfa":true}})"), 200);
  const std::string good = log_in({{"session_required_mfa", "true"}});
  std::vector<long> statuses;
  for (const auto& token :
       {value("TRANSFER_TOKEN"), good, value("TRANSFER_TOKEN"), value("TRANSFER_TOKEN")})
    statuses.push_back(tasks(token).status);
  EXPECT_EQ(statuses, (std::vector<long>{403, 200, 403, 200}));
}

TEST_F(ControlRequirement, AConsentMeetsItForTheTokenThatIsThere) {
  sandbox->set_requires_data_access(value("COLLECTION_SOURCE"), true);
  const std::string dependency =
      "[*https://auth.globus.org/scopes/" + value("COLLECTION_SOURCE") + "/data_access]";
  const std::string scope = transfer_scope + dependency;
  ASSERT_EQ(add(R"({"path":"/transfer/","require":{"required_scopes":[")" + scope + R"("]}})"),
            200);
  const std::string token = log_in();
  const Answer refused = tasks(token);
  ASSERT_EQ(refused.status, 403);
  EXPECT_EQ(refused.text("code"), "ConsentRequired");
  EXPECT_EQ(refused.json().at("required_scopes"), json::array{json::string(scope)});
  log_in({}, dependency);
  EXPECT_EQ(tasks(token).status, 200);
}

TEST_F(ControlRequirement, PromptAsksForALoginFromNowOn) {
  const std::string before = log_in();
  std::this_thread::sleep_for(std::chrono::milliseconds(10));
  ASSERT_EQ(add(R"({"path":"userinfo|task_list","require":{"prompt":"login"}})"), 200);
  EXPECT_EQ(tasks(before).status, 403);
  EXPECT_EQ(userinfo_status(value("AUTH_TOKEN")), 403) << "in any service";
  EXPECT_EQ(tasks(log_in({{"prompt", "login"}})).status, 200);
}

TEST_F(ControlRequirement, WhatNobodyCanMeetIsRefused) {
  for (const char* require :
       {R"([])", R"({})", R"({"session_required_mfa":"yes"})", R"({"prompt":"none"})",
        R"({"session_required_policies":["6f0b9ab6-7ab4-4b0d-9f0b-5d9ac0a1d2a3"]})",
        R"({"session_required_identities":"me"})", R"({"required_scopes":["no scope"]})",
        R"({"session_required_moon":"full"})"})
    EXPECT_EQ(add(std::string(R"({"require":)") + require + '}'), 400) << require;
  EXPECT_EQ(add(R"({"status":403,"require":{"session_required_mfa":true}})"), 400);
}

TEST_F(ControlRequirement, AnEmbeddedSandboxTakesItToo) {
  Fault fault;
  fault.require = R"({"session_required_mfa":true})";
  sandbox->add_fault(fault);
  EXPECT_EQ(tasks(value("TRANSFER_TOKEN")).status, 403);
  sandbox->control("DELETE", "faults");
  EXPECT_EQ(tasks(value("TRANSFER_TOKEN")).status, 200);
  for (const char* wrong : {"{", "[]", R"({"prompt":"none"})"}) {
    fault.require = wrong;
    EXPECT_THROW(sandbox->add_fault(fault), std::invalid_argument) << wrong;
  }
  const auto made = json::parse(
      sandbox->control("POST", "users", R"({"username":"ada@home.example","mfa":false})"));
  EXPECT_EQ(made.at("mfa"), false);
  try {
    sandbox->control("POST", "users", R"({"username":"ada@home.example"})");
    FAIL() << "no exception";
  } catch (const std::invalid_argument& error) {
    EXPECT_STREQ(error.what(), "POST users: 'username' is taken");
  }
}

}  // namespace
