// SPDX-License-Identifier: Apache-2.0
// What docs/guide/login-flows.md and docs/guide/gare.md show beside their first programs, compiled,
// and run where that needs no user.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <globus_sdk/globus_sdk.hpp>
#include <iostream>
#include <stop_token>
#include <string>

using namespace globus_sdk;

namespace {

const NativeAppAuthClient client{"a client"};
const ConfidentialAppAuthClient confidential_client{"a client", "a secret"};

[[maybe_unused]] void local_server(const std::stop_token& stop_token) {
  //! [local-server]
  LocalServerLoginFlowManager login{client,
                                    {.request_refresh_tokens = true,
                                     .html_template = "<h1>$login_result</h1>$post_login_message",
                                     .timeout = 5min,
                                     .stop = stop_token}};
  //! [local-server]
  login.run_login_flow({.required_scopes = "openid"});
}

[[maybe_unused]] void command_line() {
  //! [command-line]
  CommandLineLoginFlowManager login{confidential_client,
                                    {.redirect_uri = "https://app.example/show-code"}};
  const auto tokens = login.run_login_flow(
      {.session_required_single_domain = "example.org", .required_scopes = AuthScopes.openid});
  //! [command-line]
}

//! [own]
class QrCodeLoginFlowManager final : public LoginFlowManager {
 public:
  explicit QrCodeLoginFlowManager(LoginClient login_client)
      : LoginFlowManager(std::move(login_client)) {}

  OAuthTokenResponse run_login_flow(
      const GlobusAuthorizationParameters& auth_parameters) const override {
    const auto flow = start_flow(auth_parameters, code_page().value());
    show_qr_code(get_authorize_url(flow, auth_parameters));
    return exchange_code(flow, typed_code());
  }

 private:
  static void show_qr_code(const std::string& url);
  static std::string typed_code();
};
//! [own]

std::string shown;
void QrCodeLoginFlowManager::show_qr_code(const std::string& url) {
  shown = url;
}
std::string QrCodeLoginFlowManager::typed_code() {
  throw LoginFlowError("nobody types");
}

TEST(LoginFlowsGuide, AWayOfOnesOwn) {
  const QrCodeLoginFlowManager login(client);
  EXPECT_THROW(login.run_login_flow({.required_scopes = "openid"}), LoginFlowError);
  EXPECT_THAT(shown, testing::HasSubstr("code_challenge="));
}

std::string what_is_missing(const GlobusAPIError& error) {
  std::string text;
  //! [fields]
  if (const auto gare = to_gare(error)) {
    const auto& asked = gare->authorization_parameters;
    if (asked.session_message) text += *asked.session_message;
    for (const auto& scope : asked.required_scopes.value_or(Strings{})) text += " " + scope;
  }
  //! [fields]
  return text;
}

TEST(GareGuide, Fields) {
  const GlobusAPIError error(
      {.status = 403,
       .body = R"({"code": "ConsentRequired", "message": "Consent!", "required_scopes": ["a"]})"});
  EXPECT_EQ(what_is_missing(error), "Consent! a");
}

TEST(GareGuide, Several) {
  const GlobusAPIError first_error({.status = 404, .body = "{}"});
  const GlobusAPIError second_error(
      {.status = 403, .body = R"({"errors": [{"code": "x", "authorization_parameters": {}}]})"});
  std::ostringstream written;
  //! [several]
  for (const GARE& gare : to_gares({first_error, second_error})) written << gare.code << '\n';
  //! [several]
  EXPECT_EQ(written.str(), "x\n");
}

TEST(GareGuide, RoundTrip) {
  std::ostringstream written;
  //! [round-trip]
  const GARE gare{.code = "AuthorizationRequired",
                  .authorization_parameters = {.session_required_mfa = true}};
  const std::string text = gare.to_dict({.include_extra = true}).dump();
  written << text;  // {"code":"AuthorizationRequired","authorization_parameters":{"session_...
  const GARE again = GARE::from_dict(Json::parse(text));
  //! [round-trip]
  EXPECT_EQ(again, gare);
  EXPECT_EQ(written.str(), R"({"code":"AuthorizationRequired","authorization_parameters":)"
                           R"({"session_required_mfa":true}})");
}

}  // namespace
