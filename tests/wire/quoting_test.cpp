// SPDX-License-Identifier: Apache-2.0
// Values as users have them: spaces, reserved characters, other alphabets. The records hold plain
// ones. The expectations are what Python's urllib.parse.quote and quote_plus make of the values.
#include <gtest/gtest.h>

#include "globus_sdk/auth/auth_client.hpp"
#include "globus_sdk/auth/confidential_app_auth_client.hpp"
#include "globus_sdk/auth/native_app_auth_client.hpp"
#include "globus_sdk/authorizers/access_token_authorizer.hpp"
#include "wire/replay.hpp"
#include "wire/transfer_modes.hpp"

namespace globus_sdk_test {
namespace {

using namespace globus_sdk;

struct Quoted {
  const char* value;
  const char* in_path;   ///< urllib.parse.quote
  const char* in_query;  ///< urllib.parse.quote_plus
};

const std::vector<Quoted>& quoted_values() {
  static const std::vector<Quoted> values{
      {"a b", "a%20b", "a+b"},
      {"a+b&c=d", "a%2Bb%26c%3Dd", "a%2Bb%26c%3Dd"},
      {"ü/é", "%C3%BC/%C3%A9", "%C3%BC%2F%C3%A9"},
      {"100%", "100%25", "100%25"},
      {"a%2Fb", "a%252Fb", "a%252Fb"},
      {"q?x#y", "q%3Fx%23y", "q%3Fx%23y"},
      {"日本語", "%E6%97%A5%E6%9C%AC%E8%AA%9E", "%E6%97%A5%E6%9C%AC%E8%AA%9E"},
      {"~-._!*'()", "~-._%21%2A%27%28%29", "~-._%21%2A%27%28%29"},
      {"[x]{y}|\\^`\"<>", "%5Bx%5D%7By%7D%7C%5C%5E%60%22%3C%3E",
       "%5Bx%5D%7By%7D%7C%5C%5E%60%22%3C%3E"},
      {"a;b,c:d@e$f", "a%3Bb%2Cc%3Ad%40e%24f", "a%3Bb%2Cc%3Ad%40e%24f"},
      {"🚀", "%F0%9F%9A%80", "%F0%9F%9A%80"},
      {"a/b//c", "a/b//c", "a%2Fb%2F%2Fc"},
  };
  return values;
}

template <class Mode> class Quoting : public testing::Test {
 protected:
  BasicTransferClient<Mode> transfer() {
    return world_.template client<BasicTransferClient>(AccessTokenAuthorizer("access-token"));
  }
  /// The only request since the last time.
  WireRequest sent() {
    std::vector<WireRequest> requests = world_.take();
    EXPECT_EQ(requests.size(), 1u);
    return requests.empty() ? WireRequest() : requests.front();
  }

  World<Mode> world_;
};
TYPED_TEST_SUITE(Quoting, Modes, ModeNames);

TYPED_TEST(Quoting, OfAPath) {
  const auto client = this->transfer();
  for (const Quoted& quoted : quoted_values()) {
    finish(client.get_task(quoted.value));
    EXPECT_EQ(this->sent().path, std::string("/v0.10/task/") + quoted.in_path);
    finish(client.operation_stat(quoted.value));
    EXPECT_EQ(this->sent().path,
              std::string("/v0.10/operation/endpoint/") + quoted.in_path + "/stat");
  }
}

TYPED_TEST(Quoting, OfAQuery) {
  const auto client = this->transfer();
  for (const Quoted& quoted : quoted_values()) {
    const std::string text = quoted.in_query;
    OperationLsOptions options;
    options.path = quoted.value;
    options.orderby = {quoted.value, quoted.value};
    options.filter = {{"name", quoted.value}};
    finish(client.operation_ls("e", options));
    EXPECT_EQ(this->sent().query,
              "path=" + text + "&orderby=" + text + "%2C" + text + "&filter=name%3A" + text);
  }
}

TYPED_TEST(Quoting, OfNamesAndValuesInQueryParams) {
  const auto client = this->transfer();
  for (const Quoted& quoted : quoted_values()) {
    const std::string text = quoted.in_query;
    GetTaskOptions options;
    options.query_params = Json::object({{quoted.value, quoted.value}});
    finish(client.get_task("t", options));
    EXPECT_EQ(this->sent().query, text + "=" + text);
  }
}

/// A list repeats its parameter, null is left out, and the others are written as Python's str does.
TYPED_TEST(Quoting, OfOtherTypesInQueryParams) {
  const auto client = this->transfer();
  TaskListOptions options;
  options.query_params = Json::parse(
      R"({"a": [1, 2.5, true, null, "x"], "b": null, "c": 1e20, "d": 0.1, "e": [], "f": false,
          "g": ""})");
  finish(client.task_list(options));
  EXPECT_EQ(this->sent().query, "a=1&a=2.5&a=True&a=x&c=1e%2B20&d=0.1&f=False&g=");
}

TYPED_TEST(Quoting, OfAForm) {
  const auto client =
      this->world_.template client<BasicConfidentialAppAuthClient>("client-id", "client-secret");
  for (const Quoted& quoted : quoted_values()) {
    const std::string text = quoted.in_query;
    TokenIntrospectOptions options;
    options.include = quoted.value;
    finish(client.oauth2_token_introspect(quoted.value, options));
    EXPECT_EQ(this->sent().body, "token=" + text + "&include=" + text);
  }
}

TYPED_TEST(Quoting, OfJson) {
  const auto client = this->transfer();
  for (const Quoted& quoted : quoted_values()) {
    finish(client.operation_mkdir("e", quoted.value));
    const WireRequest request = this->sent();
    EXPECT_EQ(boost::json::parse(request.body).at("path").as_string(), quoted.value);
  }
}

TYPED_TEST(Quoting, OfALabel) {
  const auto client = this->transfer();
  for (const Quoted& quoted : quoted_values()) {
    TransferDataOptions options;
    options.label = quoted.value;
    options.submission_id = "i";
    TransferData data("s", "d", options);
    data.add_item(quoted.value, quoted.value);
    finish(client.submit_transfer(data));
    const boost::json::value body = boost::json::parse(this->sent().body);
    EXPECT_EQ(body.at("label").as_string(), quoted.value);
    EXPECT_EQ(body.at("DATA").at(0).at("source_path").as_string(), quoted.value);
  }
}

TYPED_TEST(Quoting, OfIdentities) {
  const auto client =
      this->world_.template client<BasicAuthClient>(AccessTokenAuthorizer("access-token"));
  GetIdentitiesOptions options;
  options.usernames = {"a+b@x.org", "ü@y.org"};
  options.provision = true;
  finish(client.get_identities(options));
  EXPECT_EQ(this->sent().query, "usernames=a%2Bb%40x.org%2C%C3%BC%40y.org&provision=true");
}

/// A path of one's own is decoded text, as in Python: a `?` in it is no query.
TYPED_TEST(Quoting, OfAPathOfOnesOwn) {
  const auto client = this->transfer();
  RequestOptions options;
  options.query_params = {{"e", "f"}};
  finish(client.get("/a b?c=d", options));
  WireRequest request = this->sent();
  EXPECT_EQ(request.path + "?" + request.query, "/a%20b%3Fc%3Dd?e=f");
  finish(client.get("foo/ü"));
  EXPECT_EQ(this->sent().path, "/foo/%C3%BC");
}

TEST(QuotingOfAuthorizeURLs, AsInPython) {
  const ConfidentialAppAuthClient client("id", "secret");
  ConfidentialAppFlowOptions options;
  options.state = " &=+ü%";
  client.oauth2_start_flow("https://x/?a=b c&d=ü", {"a b", "ü"}, options);
  EXPECT_EQ(client.oauth2_get_authorize_url({.session_message = "ü & b"}),
            "https://auth.globus.org/v2/oauth2/authorize?client_id=id"
            "&redirect_uri=https%3A%2F%2Fx%2F%3Fa%3Db+c%26d%3D%C3%BC&scope=a+b+%C3%BC"
            "&state=+%26%3D%2B%C3%BC%25&response_type=code&access_type=online"
            "&session_message=%C3%BC+%26+b");
  const NativeAppAuthClient native("my id");
  const auto flow = native.oauth2_start_flow(
      "openid", {.verifier = std::string(43, 'a'), .prefill_named_grant = "my laptop – 1"});
  EXPECT_NE(flow.get_authorize_url().find("&prefill_named_grant=my+laptop+%E2%80%93+1"),
            std::string::npos);
}

}  // namespace
}  // namespace globus_sdk_test
