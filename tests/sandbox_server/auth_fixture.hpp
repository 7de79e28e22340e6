// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <string>

#include "sandbox/sandbox.hpp"
#include "support/raw_http.hpp"

/// A sandbox whose Auth is driven by raw libcurl.
class AuthFixture : public testing::Test {
 protected:
  static constexpr const char* transfer_scope = "urn:globus:auth:scope:transfer.api.globus.org:all";
  static constexpr const char* code_page = "https://auth.globus.org/v2/web/auth-code";
  static constexpr const char* loopback = "http://localhost:8765/callback";
  // The example of RFC 7636, appendix B.
  static constexpr const char* verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
  static constexpr const char* challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

  void start(globus_sandbox::SandboxOptions options = {}) {
    sandbox.reset();
    sandbox = std::make_unique<globus_sandbox::Sandbox>(std::move(options));
  }
  void SetUp() override { start(); }

  std::string auth(const std::string& path) const { return sandbox->url() + "/auth" + path; }
  std::string transfer(const std::string& path) const {
    return sandbox->url() + "/transfer" + path;
  }
  std::string value(const char* name) const { return sandbox->value(name); }

  /// As the confidential client.
  raw_http::Answer post_as_app(const std::string& path, const raw_http::Pairs& fields) {
    return http.post_form(auth(path), fields, value("CLIENT_ID"), value("CLIENT_SECRET"));
  }
  raw_http::Answer token(const raw_http::Pairs& fields) {
    return post_as_app("/v2/oauth2/token", fields);
  }

  /// A request to authorize, as the native client makes it.
  raw_http::Pairs native_request(const std::string& scope, const char* redirect_uri = code_page) {
    return {{"client_id", value("NATIVE_CLIENT_ID")},
            {"redirect_uri", redirect_uri},
            {"scope", scope},
            {"state", "_default"},
            {"response_type", "code"},
            {"access_type", "offline"},
            {"code_challenge", challenge},
            {"code_challenge_method", "S256"}};
  }
  raw_http::Pairs app_request(const std::string& scope, const char* redirect_uri = loopback) {
    return {{"client_id", value("CLIENT_ID")},
            {"redirect_uri", redirect_uri},
            {"scope", scope},
            {"state", "a state"},
            {"response_type", "code"},
            {"access_type", "offline"}};
  }
  raw_http::Answer ask(const raw_http::Pairs& fields) {
    return http.get(auth("/v2/oauth2/authorize?") + raw_http::encode(fields));
  }
  /// A login, as the first user unless the fields name another, and the answer on the consent page,
  /// in one request.
  raw_http::Answer decide(raw_http::Pairs fields, const char* decision = "allow") {
    const bool names_user = std::any_of(fields.begin(), fields.end(), [](const auto& field) {
      return field.first == "identity" || field.first == "username";
    });
    if (!names_user) fields.emplace_back("username", value("USERNAME"));
    fields.emplace_back("decision", decision);
    return http.post_form(auth("/v2/oauth2/authorize"), fields);
  }
  /// A parameter of the URI that an answer redirects to, still encoded.
  static std::string redirected(const raw_http::Answer& answer, const std::string& name) {
    const std::string location = answer.header("location");
    for (const char before : {'?', '&'}) {
      const std::string key = before + name + '=';
      if (const auto at = location.find(key); at != std::string::npos)
        return location.substr(at + key.size(), location.find('&', at + 1) - at - key.size());
    }
    return {};
  }
  std::string app_code(const std::string& scope) {
    return redirected(decide(app_request(scope)), "code");
  }
  raw_http::Answer exchange_app_code(const std::string& code) {
    return token(
        {{"grant_type", "authorization_code"}, {"code", code}, {"redirect_uri", loopback}});
  }
  raw_http::Answer exchange_native_code(const std::string& code, const std::string& with_verifier) {
    return http.post_form(auth("/v2/oauth2/token"), {{"grant_type", "authorization_code"},
                                                     {"client_id", value("NATIVE_CLIENT_ID")},
                                                     {"code", code},
                                                     {"code_verifier", with_verifier},
                                                     {"redirect_uri", code_page}});
  }
  raw_http::Answer refresh(const std::string& refresh_token) {
    return token({{"grant_type", "refresh_token"}, {"refresh_token", refresh_token}});
  }
  long userinfo_status(const std::string& access_token) {
    return http.get_as(access_token, auth("/v2/oauth2/userinfo")).status;
  }

  std::unique_ptr<globus_sandbox::Sandbox> sandbox;
  raw_http::Client http;
};

inline void expect_oauth_error(const raw_http::Answer& answer, long status, const char* error) {
  EXPECT_EQ(answer.status, status) << answer.body;
  EXPECT_EQ(answer.text("error"), error) << answer.body;
}
