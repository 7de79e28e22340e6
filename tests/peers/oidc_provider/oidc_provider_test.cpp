// SPDX-License-Identifier: Apache-2.0
// The login clients and the renewing authorizers against oidc-provider, a certified OAuth2 server.
#include <curl/curl.h>
#include <gtest/gtest.h>

#include <atomic>
#include <memory>
#include <mutex>
#include <set>
#include <thread>
#include <vector>

#include "globus_sdk/globus_sdk.hpp"
#include "peers/support/environment.hpp"
#include "support/browser.hpp"

namespace globus_sdk {
namespace {

using globus_sdk_test::between;
using peers::variable;

/// Follows redirections, with cookies, until it is sent to the redirect URI; what it is sent with.
std::string follow(const std::string& authorize_url, const std::string& redirect_uri) {
  const std::unique_ptr<CURL, void (*)(CURL*)> handle(curl_easy_init(), curl_easy_cleanup);
  CURL* curl = handle.get();
  const auto ignore =
      +[](char*, std::size_t size, std::size_t count, void*) { return size * count; };
  curl_easy_setopt(curl, CURLOPT_COOKIEFILE, "");
  curl_easy_setopt(curl, CURLOPT_NOPROXY, "*");
  curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, ignore);
  curl_easy_setopt(curl, CURLOPT_TIMEOUT, 20L);
  std::string url = authorize_url;
  for (int hops = 0; hops < 10 && !url.starts_with(redirect_uri); ++hops) {
    curl_easy_setopt(curl, CURLOPT_URL, url.c_str());
    if (curl_easy_perform(curl) != CURLE_OK) throw std::runtime_error("no answer from " + url);
    const char* next = nullptr;
    curl_easy_getinfo(curl, CURLINFO_REDIRECT_URL, &next);
    if (next == nullptr) throw std::runtime_error("no redirection from " + url);
    url = next;
  }
  if (url.find("code=") == std::string::npos) throw std::runtime_error("no code but " + url);
  return url;
}

struct OidcProvider : testing::Test {
  const std::string url = variable("OIDC_PROVIDER_URL");
  const std::string secret = variable("OIDC_PROVIDER_SECRET");
  const std::string redirect_uri = variable("OIDC_PROVIDER_REDIRECT_URI");

  ClientOptions options() const { return {.base_url = url + "/"}; }
  ConfidentialAppAuthClient client(const std::string& id) const { return {id, secret, options()}; }
  AuthClient auth_client(const AnyAuthorizer& authorizer) const {
    return AuthClient(authorizer, options());
  }

  TokenData log_in(const ConfidentialAppAuthClient& login_client,
                   const Strings& scopes = {"openid", "profile", "files"}) const {
    login_client.oauth2_start_flow(redirect_uri, scopes,
                                   {.state = "a state", .refresh_tokens = true});
    const std::string sent_to = follow(login_client.oauth2_get_authorize_url(), redirect_uri);
    EXPECT_NE(sent_to.find("state=a+state"), std::string::npos) << sent_to;
    return only(login_client.oauth2_exchange_code_for_tokens(between(sent_to, "code=", "&")));
  }
  static TokenData only(const OAuthTokenResponse& answer) {
    EXPECT_EQ(answer.by_resource_server().size(), 1u);
    return answer.by_resource_server().begin()->second;
  }
  /// The error that a call throws.
  template <class Call> static AuthAPIError refusal(Call call) {
    try {
      call();
    } catch (const AuthAPIError& error) {
      return error;
    }
    throw std::runtime_error("nothing was refused");
  }
};

TEST_F(OidcProvider, LogsAUserIn) {
  const TokenData tokens = log_in(client("web"));
  ASSERT_TRUE(tokens.refresh_token);
  EXPECT_EQ(tokens.scope, "openid profile files");
  const auto user = auth_client(AccessTokenAuthorizer(tokens.access_token)).userinfo();
  EXPECT_EQ(user["sub"], "peer-user");
  EXPECT_EQ(user["name"], "Peer User");
}

TEST_F(OidcProvider, LogsAUserInByProofKey) {
  const NativeAppAuthClient native("native", options());
  native.oauth2_start_flow("openid", {.redirect_uri = redirect_uri, .refresh_tokens = true});
  const std::string code =
      between(follow(native.oauth2_get_authorize_url(), redirect_uri), "code=", "&");
  const TokenData tokens = only(native.oauth2_exchange_code_for_tokens(code));
  ASSERT_TRUE(tokens.refresh_token);
  EXPECT_NE(only(native.oauth2_refresh_token(*tokens.refresh_token)).refresh_token,
            tokens.refresh_token);
}

TEST_F(OidcProvider, RefusesAnotherVerifier) {
  const NativeAppAuthClient native("native", options());
  const NativeAppAuthClient other("native", options());
  for (const auto& each : {native, other})
    each.oauth2_start_flow("openid", {.redirect_uri = redirect_uri});
  const std::string code =
      between(follow(native.oauth2_get_authorize_url(), redirect_uri), "code=", "&");
  const auto error = refusal([&] { other.oauth2_exchange_code_for_tokens(code); });
  EXPECT_EQ(error.code(), "invalid_grant");
}

/// What the authorizers' tests note of each renewal, from whatever thread it comes.
class Renewals {
 public:
  RenewingAuthorizerOptions options() {
    return {.on_refresh = [this](const OAuthTokenResponse& answer) { note(answer); }};
  }
  std::size_t count() const {
    const std::lock_guard lock(mutex_);
    return tokens_.size();
  }
  std::vector<std::string> tokens() const {
    const std::lock_guard lock(mutex_);
    return tokens_;
  }

 private:
  void note(const OAuthTokenResponse& answer) {
    const std::lock_guard lock(mutex_);
    tokens_.push_back(answer.by_resource_server().begin()->second.refresh_token.value_or(""));
  }
  mutable std::mutex mutex_;
  std::vector<std::string> tokens_;
};

constexpr std::size_t enough_renewals = 100;
constexpr int threads = 8;

/// Calls from several threads until there were enough renewals, each of which is needed because
/// some thread's token was refused; how many calls failed.
int call_from_threads(const AuthClient& client, const RefreshTokenAuthorizer& authorizer,
                      const Renewals& renewals) {
  std::atomic<int> failures = 0;
  std::vector<std::jthread> callers;
  for (int number = 0; number < threads; ++number) {
    callers.emplace_back([&] {
      while (renewals.count() < enough_renewals && failures == 0) {
        try {
          if (client.userinfo()["sub"] != "peer-user") ++failures;
          authorizer.handle_missing_authorization("Bearer " + authorizer.access_token().value());
        } catch (const GlobusError& error) {
          ADD_FAILURE() << error.what();
          ++failures;
        }
      }
    });
  }
  callers.clear();
  return failures;
}

TEST_F(OidcProvider, AHundredRenewalsFromManyThreadsLogNobodyOut) {
  const auto login_client = client("web");
  const std::string first = log_in(login_client).refresh_token.value_or("");
  Renewals renewals;
  const RefreshTokenAuthorizer authorizer(first, login_client, renewals.options());
  EXPECT_EQ(call_from_threads(auth_client(authorizer), authorizer, renewals), 0);

  const auto tokens = renewals.tokens();
  EXPECT_GE(tokens.size(), enough_renewals);
  const std::set<std::string> different(tokens.begin(), tokens.end());
  EXPECT_EQ(different.size(), tokens.size()) << "each renewal brings another refresh token";
  EXPECT_FALSE(different.contains(first));
  EXPECT_EQ(authorizer.refresh_token(), tokens.back());
  EXPECT_EQ(auth_client(authorizer).userinfo()["sub"], "peer-user");
}

TEST_F(OidcProvider, ATokenThatIsRefusedIsRenewedAndItsSuccessorKept) {
  const auto login_client = client("web");
  const std::string first = log_in(login_client).refresh_token.value_or("");
  Renewals renewals;
  const RefreshTokenAuthorizer authorizer(first, login_client, renewals.options());
  const AuthClient client = auth_client(authorizer);
  for (std::size_t times = 1; times <= 3; ++times) {
    EXPECT_EQ(client.userinfo()["sub"], "peer-user");
    EXPECT_EQ(renewals.count(), times);
    login_client.oauth2_revoke_token(authorizer.access_token().value());
  }
  EXPECT_NE(authorizer.refresh_token(), first);
}

TEST_F(OidcProvider, AnOldTokenThatIsReplayedLogsEverybodyOut) {
  const auto login_client = client("web");
  const std::string first = log_in(login_client).refresh_token.value_or("");
  const RefreshTokenAuthorizer authorizer(first, login_client);
  const AuthClient client = auth_client(authorizer);
  const auto reject = [&] {
    authorizer.handle_missing_authorization("Bearer " + authorizer.access_token().value());
  };
  EXPECT_EQ(client.userinfo()["sub"], "peer-user");  // by the first token
  reject();
  EXPECT_EQ(client.userinfo()["sub"], "peer-user");  // by the one that came with it

  const auto replayed = refusal([&] { login_client.oauth2_refresh_token(first); });
  reject();
  EXPECT_EQ(replayed.code(), "invalid_grant");
  EXPECT_THROW(client.userinfo(), LoginRequiredError);
}

TEST_F(OidcProvider, IntrospectsAndRevokes) {
  const auto login_client = client("web");
  const TokenData tokens = log_in(login_client);
  const auto active = login_client.oauth2_token_introspect(tokens.access_token);
  EXPECT_EQ(active["active"], true);
  EXPECT_EQ(active["client_id"], "web");
  EXPECT_EQ(active["sub"], "peer-user");
  EXPECT_EQ(active["scope"], "openid profile files");
  EXPECT_EQ(login_client.oauth2_token_introspect(*tokens.refresh_token)["active"], true);

  EXPECT_EQ(login_client.oauth2_revoke_token(*tokens.refresh_token).http_status(), 200);
  EXPECT_EQ(login_client.oauth2_token_introspect(*tokens.refresh_token)["active"], false);
  const auto error = refusal([&] { login_client.oauth2_refresh_token(*tokens.refresh_token); });
  EXPECT_EQ(error.code(), "invalid_grant");
}

TEST_F(OidcProvider, GivesAnApplicationTokensOfItsOwn) {
  const auto service = client("service");
  EXPECT_EQ(only(service.oauth2_client_credentials_tokens("files")).scope, "files");
  Renewals renewals;
  const ClientCredentialsAuthorizer authorizer(service, "files", renewals.options());
  authorizer.ensure_valid_token();
  const auto known = service.oauth2_token_introspect(authorizer.access_token().value_or(""));
  EXPECT_EQ(known["active"], true);
  EXPECT_EQ(known["client_id"], "service");
  EXPECT_TRUE(authorizer.handle_missing_authorization("Bearer " + *authorizer.access_token()));
  authorizer.ensure_valid_token();
  EXPECT_EQ(renewals.count(), 2u);
}

TEST_F(OidcProvider, SaysWhatIsWrong) {
  const ConfidentialAppAuthClient stranger("web", "not the secret", options());
  const auto no_client = refusal([&] { stranger.oauth2_refresh_token("none"); });
  EXPECT_EQ(no_client.code(), "invalid_client");
  EXPECT_EQ(no_client.http_status(), 401);
  EXPECT_EQ(no_client.message(), "client authentication failed");

  const auto web = client("web");
  const auto service = client("service");
  const auto no_grant = refusal([&] { web.oauth2_refresh_token("none"); });
  EXPECT_EQ(no_grant.code(), "invalid_grant");
  EXPECT_EQ(no_grant.http_status(), 400);
  const auto no_type = refusal([&] { web.oauth2_token({{"grant_type", "of nobody"}}); });
  EXPECT_EQ(no_type.code(), "unsupported_grant_type");
  const auto not_allowed = refusal([&] { web.oauth2_client_credentials_tokens("files"); });
  EXPECT_EQ(not_allowed.code(), "invalid_request");  // which is its word for it
  const auto no_request = refusal([&] { web.oauth2_token({{"grant_type", "refresh_token"}}); });
  EXPECT_EQ(no_request.code(), "invalid_request");
  const auto no_scope = refusal([&] {
    const TokenData tokens = log_in(web, {"openid", "files"});
    web.oauth2_token({{"grant_type", "refresh_token"},
                      {"refresh_token", *tokens.refresh_token},
                      {"scope", "profile"}});
  });
  EXPECT_EQ(no_scope.code(), "invalid_scope");
  const auto no_token = refusal([&] { auth_client(AccessTokenAuthorizer("none")).userinfo(); });
  EXPECT_EQ(no_token.code(), "invalid_token");
  EXPECT_EQ(no_token.http_status(), 401);
}

}  // namespace
}  // namespace globus_sdk
