// SPDX-License-Identifier: Apache-2.0
// Where a secret does not go, in whatever part of a request it stands: over a network in plain
// text, and to where a server redirects.
#include <gmock/gmock.h>

#include <functional>
#include <string>
#include <vector>

#include "globus_sdk/auth/confidential_app_auth_client.hpp"
#include "globus_sdk/auth/native_app_auth_client.hpp"
#include "globus_sdk/authorizers/access_token_authorizer.hpp"
#include "support/recording_server.hpp"
#include "transport/both_modes.hpp"

namespace globus_sdk_test {
namespace {

using namespace globus_sdk;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

constexpr const char* secret = "a-secret-of-the-user";

/// A request that carries the secret somewhere else than in an authorizer's header.
struct Carrier {
  const char* name;
  std::string method = "POST";
  RequestOptions options{};
};

std::vector<Carrier> carriers() {
  return {
      {"form: token", "POST", {.data = {{"token", secret}}, .encoding = "form"}},
      {"form: refresh_token", "POST", {.data = {{"refresh_token", secret}}, .encoding = "form"}},
      {"form: code", "POST", {.data = {{"code", secret}}, .encoding = "form"}},
      {"form: code_verifier", "PUT", {.data = {{"code_verifier", secret}}, .encoding = "form"}},
      {"form: client_secret", "POST", {.data = {{"client_secret", secret}}, .encoding = "form"}},
      {"form that comes as a text",
       "POST",
       {.data = std::string("a=1&password=") + secret, .encoding = "text"}},
      {"JSON", "POST", {.data = {{"client_secret", secret}}}},
      {"JSON in JSON",
       "PATCH",
       {.data = {{"policies", {{"s3", {{"Secret_Key_Secret", secret}}}}}}}},
      {"JSON in a list",
       "POST",
       {.data = {{"tasks", Json::array({Json::object({{"passwords", Json::array({secret})}})})}}}},
      {"JSON that comes as a text",
       "POST",
       {.data = std::string("  {\"apiKey\": \"") + secret + "\"}", .encoding = "text"}},
      {"query of a GET", "GET", {.query_params = {{"access_token", secret}}}},
      {"query of a POST", "POST", {.query_params = {{"client_secret", secret}, {"a", 1}}}},
      {"query of a list", "DELETE", {.query_params = {{"tokens", Json::array({"x1", secret})}}}},
      {"header", "GET", {.headers = {{"X-Api-Key", secret}}}},
      {"header of another client", "GET", {.headers = {{"X-Forwarded-Access-Token", secret}}}},
      {"cookie", "GET", {.headers = {{"Cookie", std::string("session=") + secret}}}},
  };
}

class SecretsOnTheWay : public InBothModes {
 protected:
  void send(const PlainClient& client, const Carrier& carrier) const {
    if (GetParam()) {
      run_async(client.async().request(carrier.method, "/x", carrier.options));
    } else {
      client.request(carrier.method, "/x", carrier.options);
    }
  }
};
INSTANTIATE_TEST_SUITE_P(Transport, SecretsOnTheWay, testing::Values(false, true), mode_of);

// ---- in plain text
// -------------------------------------------------------------------------------

/// Names of hosts that are not surely this one, as a URL may have them.
const std::vector<const char*> elsewhere{"http://0.0.0.0:1",
                                         "http://0:1",
                                         "http://[::]:1",
                                         "http://[::ffff:127.0.0.1]:1",
                                         "http://[::ffff:7f00:1]:1",
                                         "http://login-node:1",
                                         "http://localhost.example:1",
                                         "http://127.0.0.1.example:1",
                                         "http://192.0.2.7:1",
                                         "HTTP://LOGIN-NODE:1",
                                         "hTTp://example.org:1",
                                         "http://128.0.0.1:1"};

TEST_P(SecretsOnTheWay, DoNotCrossANetworkInPlainText) {
  for (const char* url : elsewhere) {
    for (const Carrier& carrier : carriers()) {
      const PlainClient client(options_for(url));
      try {
        send(client, carrier);
        ADD_FAILURE() << "sent: " << carrier.name << " to " << url;
      } catch (const GlobusSDKUsageError& error) {
        EXPECT_THAT(error.what(), AllOf(HasSubstr("allow_plain_http"), Not(HasSubstr(secret))))
            << carrier.name;
      } catch (const NetworkError&) {
        ADD_FAILURE() << "tried: " << carrier.name << " to " << url;
      }
    }
  }
}

TEST_P(SecretsOnTheWay, OfANativeAppDoNotCrossANetworkInPlainText) {
  for (const char* url : elsewhere) {
    const NativeAppAuthClient client("client-id", options_for(url));
    client.oauth2_start_flow("openid");
    const std::vector<std::function<void()>> calls{
        [&] { client.oauth2_refresh_token(secret); }, [&] { client.oauth2_revoke_token(secret); },
        [&] { client.oauth2_exchange_code_for_tokens(secret); },
        [&] { client.oauth2_token({{"grant_type", "password"}, {"password", secret}}); }};
    for (const auto& call : calls) EXPECT_THROW(call(), GlobusSDKUsageError) << url;
  }
}

TEST_P(SecretsOnTheWay, MayGoToAHostThatASettingNames) {
  for (const char* host : {"login-node.invalid", "LOGIN-NODE.Invalid"}) {
    ClientOptions options = options_for("http://Login-Node.invalid:1");
    options.transport = Transport({.proxy = nullptr, .allow_plain_http = host});
    const PlainClient client(options);
    for (const Carrier& carrier : carriers()) {
      EXPECT_THROW(send(client, carrier), GlobusConnectionError) << carrier.name;
    }
  }
  ClientOptions options = options_for("http://[::ffff:127.0.0.1]:1");
  options.transport = Transport({.proxy = nullptr, .allow_plain_http = "[::ffff:127.0.0.1]"});
  EXPECT_THROW(send(PlainClient(options), carriers().front()), GlobusConnectionError);
}

TEST_P(SecretsOnTheWay, MayGoToThisMachineAndWhatIsNoneAnywhere) {
  const RecordingServer server([](const RecordedRequest&) { return RecordedAnswer(); });
  const std::string port = server.url().substr(server.url().rfind(':'));
  for (const char* host : {"http://127.0.0.1", "http://localhost", "HTTP://LOCALHOST"}) {
    const PlainClient client(options_for(host + port));
    for (const Carrier& carrier : carriers()) EXPECT_NO_THROW(send(client, carrier));
  }
  const PlainClient client(options_for("http://login-node.invalid:1"));
  EXPECT_THROW(send(client, {"none", "GET", {.query_params = {{"path", "/"}}}}),
               GlobusConnectionError);
}

// ---- redirected
// ----------------------------------------------------------------------------------

TEST_P(SecretsOnTheWay, AreNotRedirected) {
  for (const int status : {301, 302, 303, 307, 308}) {
    RecordingServer other([](const RecordedRequest&) { return RecordedAnswer(); });
    RecordingServer server([&](const RecordedRequest&) {
      return RecordedAnswer{
          status, "", {{"Location", other.url() + "/take?code=" + secret + "&a=1"}}};
    });
    const PlainClient client(options_for(server.url(), 5));
    for (const Carrier& carrier : carriers()) {
      server.clear();
      try {
        send(client, carrier);
        ADD_FAILURE() << "no exception: " << status << " " << carrier.name;
      } catch (const NetworkError& error) {
        EXPECT_THAT(error.what(),
                    AllOf(HasSubstr(std::to_string(status)), HasSubstr(other.url() + "/take"),
                          HasSubstr("secret"), Not(HasSubstr(secret))))
            << carrier.name;
      }
      EXPECT_EQ(server.requests().size(), 1u) << status << " " << carrier.name;
    }
    EXPECT_EQ(other.requests().size(), 0u) << status;
  }
}

TEST_P(SecretsOnTheWay, AreNotRedirectedWithinTheirHostEither) {
  const RecordingServer server([](const RecordedRequest& request) {
    if (request.target.starts_with("/moved")) return RecordedAnswer();
    return RecordedAnswer{308, "", {{"Location", "/moved"}}};
  });
  const PlainClient client(options_for(server.url()));
  for (const Carrier& carrier : carriers()) {
    EXPECT_THROW(send(client, carrier), NetworkError) << carrier.name;
  }
}

TEST_P(SecretsOnTheWay, OfALoginAreNotRedirected) {
  RecordingServer other([](const RecordedRequest&) { return RecordedAnswer(); });
  const RecordingServer server([&](const RecordedRequest&) {
    return RecordedAnswer{307, "", {{"Location", other.url() + "/v2/oauth2/token"}}};
  });
  const NativeAppAuthClient native("client-id", options_for(server.url()));
  EXPECT_THROW(native.oauth2_refresh_token(secret), NetworkError);
  native.oauth2_start_flow("openid");
  EXPECT_THROW(native.oauth2_exchange_code_for_tokens(secret), NetworkError);
  const ConfidentialAppAuthClient app("client-id", secret, options_for(server.url()));
  EXPECT_THROW(app.oauth2_token_introspect(secret), NetworkError);
  EXPECT_EQ(other.requests().size(), 0u);
}

TEST_P(SecretsOnTheWay, ARedirectOfWhatCarriesNoneIsFollowed) {
  RecordingServer other([](const RecordedRequest&) { return RecordedAnswer(); });
  const RecordingServer server([&](const RecordedRequest&) {
    return RecordedAnswer{307, "", {{"Location", other.url() + "/x"}}};
  });
  const PlainClient client(AccessTokenAuthorizer("the-token"), options_for(server.url()));
  send(client, {"", "GET", {.query_params = {{"path", "/"}}}});
  send(client, {"", "POST", {.data = {{"label", "nightly"}}}});
  ASSERT_EQ(other.requests().size(), 2u);
  for (const RecordedRequest& request : other.requests()) {
    EXPECT_EQ(request.header("authorization"), "");
  }
  EXPECT_EQ(other.requests().at(1).body, R"({"label":"nightly"})");
}

// ---- echoed
// --------------------------------------------------------------------------------------

/// Everything that an error says in words of its own.
std::string said_by(const GlobusAPIError& error) {
  std::string text = std::string(error.what()) + error.message() + error.http_reason() +
                     error.code() + error.request_id() + error.url();
  for (const std::string& message : error.messages()) text += message;
  for (const ErrorSubdocument& part : error.errors()) {
    text += part.code + part.title + part.detail + part.message;
  }
  return text;
}

TEST_P(SecretsOnTheWay, AreMaskedWhereAServiceEchoesThem) {
  const std::string client_secret = "client/secret of mine";
  std::string answer;
  const RecordingServer server([&](const RecordedRequest&) {
    return RecordedAnswer{400, answer, {{"Content-Type", "application/json"}}};
  });
  const ConfidentialAppAuthClient app("client-id", client_secret, options_for(server.url()));
  for (const char* form :
       {"client/secret of mine", "client-id:client/secret of mine", "client%2Fsecret+of+mine",
        "client\\/secret of mine", "Y2xpZW50LWlkOmNsaWVudC9zZWNyZXQgb2YgbWluZQ=="}) {
    for (const char* document :
         {R"({"error": "invalid_client", "error_description": "@"})",
          R"({"code": "@", "message": "bad @", "request_id": "@"})",
          R"({"errors": [{"code": "x", "title": "@", "detail": "no @ here"}]})"}) {
      answer = document;
      for (std::size_t at = answer.find('@'); at != std::string::npos; at = answer.find('@')) {
        answer.replace(at, 1, form);
      }
      try {
        app.oauth2_refresh_token("a-refresh-token");
        ADD_FAILURE() << "no exception";
      } catch (const AuthAPIError& error) {
        for (const char* part : {"secret of mine", "secret+of+mine", "Y2xpZW50"}) {
          EXPECT_THAT(said_by(error), Not(HasSubstr(part))) << answer;
        }
      }
    }
  }
}

}  // namespace
}  // namespace globus_sdk_test
