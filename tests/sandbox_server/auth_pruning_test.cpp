// SPDX-License-Identifier: Apache-2.0
// What nobody can use any more is forgotten while the sandbox goes on.
#include <gtest/gtest.h>

#include "sandbox/auth/auth_service.hpp"
#include "sandbox/base/clock.hpp"
#include "sandbox/base/database.hpp"
#include "sandbox/base/settings.hpp"
#include "sandbox/base/temporary_folder.hpp"
#include "sandbox/sandbox.hpp"
#include "sandbox/services.hpp"

namespace globus_sandbox {
namespace {

class AuthPruning : public testing::Test {
 protected:
  auth::AuthService& start() {
    make_services({database, settings, options, temporary, "http://127.0.0.1", services}, services);
    services.front()->begin();
    return dynamic_cast<auth::AuthService&>(*services.front());
  }
  /// A token whose time ended, or whose holder revoked it, some seconds ago.
  std::string old_token(int seconds, bool revoked = false) {
    auth::Token token;
    token.client = token.root_client = token.identity = accounts.client_id;
    token.paths = {"openid"};
    token.session = context.sessions.start(accounts.client_id, {{}, accounts.client_id, {}}).id;
    if (!revoked) token.expires = current_time() - std::chrono::seconds(seconds);
    token.is_refresh = revoked;
    token = context.tokens.add(token);
    if (revoked) context.tokens.revoke(token.text);
    database.run("UPDATE tokens SET issued = issued - ? WHERE token = ?",
                 {static_cast<double>(seconds), token.text});
    database.run("UPDATE sessions SET authenticated = authenticated - ? WHERE id = ?",
                 {2 * 86400.0, token.session});
    return token.text;
  }
  std::int64_t count(const std::string& table) {
    return database.run("SELECT count(*) FROM " + table).front().integer(0);
  }
  void grant() {
    HttpRequest request;
    request.method = "POST";
    request.path = "/v2/oauth2/token";
    request.headers = {{"content-type", "application/x-www-form-urlencoded"}};
    request.body = "grant_type=client_credentials&scope=email&client_id=" + accounts.client_id +
                   "&client_secret=" + accounts.client_secret;
    ASSERT_EQ(service.handle(request).status, 200);
  }
  bool is_known(const std::string& token) { return context.tokens.find(token).has_value(); }

  Database database{""};
  Settings settings{database};
  SandboxOptions options;
  TemporaryFolder temporary;
  ServiceList services;
  auth::AuthService& service = start();
  auth::AuthContext& context = service.context();
  auth::InitialAccounts accounts = service.accounts();
};

TEST_F(AuthPruning, ComesWithEveryThousandthGrant) {
  const std::string expired = old_token(7200);
  const std::string revoked = old_token(7200, true);
  const std::string just_expired = old_token(60);
  const std::string just_revoked = old_token(60, true);
  context.tokens.revoke(accounts.tokens.at("transfer").access);
  database.run("UPDATE tokens SET issued = 1 WHERE token = ?",
               {accounts.tokens.at("transfer").access});
  auth::AuthorizationCode code;
  code.client = accounts.client_id;
  code = context.codes.add(code);
  database.run("UPDATE authorization_codes SET expires = 1");
  const std::int64_t sessions = count("sessions");
  const std::int64_t authentications = count("authentications");

  for (int i = 0; i < 999; ++i) grant();
  EXPECT_TRUE(is_known(expired));
  grant();
  EXPECT_FALSE(is_known(expired));
  EXPECT_FALSE(is_known(revoked));
  EXPECT_TRUE(is_known(just_expired));
  EXPECT_TRUE(is_known(just_revoked));
  EXPECT_TRUE(is_known(accounts.tokens.at("transfer").access))
      << "so that it does not come back as a new one";
  EXPECT_TRUE(is_known(accounts.tokens.at("auth").refresh));
  EXPECT_EQ(count("authorization_codes"), 0);
  EXPECT_EQ(count("sessions"), sessions + 1000 - 2);
  EXPECT_EQ(count("authentications"), authentications + 1000);
}

}  // namespace
}  // namespace globus_sandbox
