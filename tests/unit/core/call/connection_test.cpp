// SPDX-License-Identifier: Apache-2.0
// Where clients send to, and how: settings, the environment, and which comes first. What the
// services' URLs are is what the Python SDK says.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <list>

#include "core/http/resolved_transport_settings.hpp"
#include "globus_sdk/auth/auth_client.hpp"
#include "globus_sdk/authorizers/access_token_authorizer.hpp"
#include "globus_sdk/core/config.hpp"
#include "globus_sdk/core/errors.hpp"
#include "globus_sdk/core/literals.hpp"
#include "globus_sdk/core/version.hpp"
#include "support/plain_client.hpp"
#include "support/recording_server.hpp"
#include "support/scoped_folder.hpp"
#include "support/scoped_variable.hpp"

namespace globus_sdk_test {
namespace {

using namespace globus_sdk;

/// None of the variables that matter is set, but for those that a test sets.
class Settings : public testing::Test {
 protected:
  Settings() {
    for (const char* name :
         {"GLOBUS_SDK_ENVIRONMENT", "GLOBUS_SDK_SERVICE_URL_TRANSFER",
          "GLOBUS_SDK_SERVICE_URL_AUTH", "GLOBUS_SDK_SERVICE_URL_TIMER", "GLOBUS_SDK_HTTP_TIMEOUT",
          "GLOBUS_SDK_VERIFY_SSL", "SSL_CERT_FILE", "CURL_CA_BUNDLE", "REQUESTS_CA_BUNDLE"}) {
      set(name, std::nullopt);
    }
  }

  void set(const std::string& name, const std::optional<std::string>& value) {
    variables_.emplace_front(name, value);  // destroyed from the newest to the oldest
  }

  /// A file that is there.
  std::string file(const std::string& name) {
    std::string path = folder_.path / name;
    std::ofstream(path) << "-";
    return path;
  }

 private:
  std::list<ScopedVariable> variables_{};
  ScopedFolder folder_{};
};

/// The message of the usage error that `work` throws; empty when it throws none.
template <class Work> std::string usage_error(Work work) {
  try {
    work();
  } catch (const GlobusSDKUsageError& error) {
    return error.what();
  }
  return {};
}

testing::Matcher<const std::string&> Names(const std::string& parameter) {
  return testing::HasSubstr(parameter);
}

// ---- service URLs -------------------------------------------------------------------------------

class ServiceURL : public Settings {};

TEST_F(ServiceURL, OfEachServiceAndEnvironment) {
  struct URLs {
    const char* service;
    const char* production;
    const char* preview;
    const char* sandbox;
  };
  const std::vector<URLs> all{
      {"app", "https://app.globus.org/", "https://app.preview.globus.org/",
       "https://app.sandbox.globuscs.info/"},
      {"auth", "https://auth.globus.org/", "https://auth.preview.globus.org/",
       "https://auth.sandbox.globuscs.info/"},
      {"transfer", "https://transfer.api.globus.org/", "https://transfer.api.preview.globus.org/",
       "https://transfer.api.sandbox.globuscs.info/"},
      {"search", "https://search.api.globus.org/", "https://search.api.preview.globus.org/",
       "https://search.api.sandbox.globuscs.info/"},
      {"groups", "https://groups.api.globus.org/", "https://groups.api.preview.globus.org/",
       "https://groups.api.sandbox.globuscs.info/"},
      {"flows", "https://flows.automate.globus.org/", "https://preview.flows.automate.globus.org/",
       "https://sandbox.flows.automate.globus.org/"},
      {"timer", "https://timer.automate.globus.org/", "https://preview.timer.automate.globus.org/",
       "https://sandbox.timer.automate.globus.org/"},
      {"actions", "https://actions.automate.globus.org/",
       "https://preview.actions.automate.globus.org/",
       "https://sandbox.actions.automate.globus.org/"},
      {"compute", "https://compute.api.globus.org/", "https://compute.api.preview.globus.org/",
       "https://compute.api.sandbox.globuscs.info/"},
      {"nexus", "https://nexus.api.globusonline.org/", "https://nexus.api.preview.globus.org/",
       "https://nexus.api.sandbox.globuscs.info/"},
  };
  for (const URLs& urls : all) {
    EXPECT_EQ(get_service_url(urls.service), urls.production);
    EXPECT_EQ(get_service_url(urls.service, "production"), urls.production);
    EXPECT_EQ(get_service_url(urls.service, "preview"), urls.preview);
    EXPECT_EQ(get_service_url(urls.service, "sandbox"), urls.sandbox);
  }
  for (const char* environment : {"integration", "test", "staging"}) {
    EXPECT_EQ(get_service_url("transfer", environment),
              std::string("https://transfer.api.") + environment + ".globuscs.info/");
  }
}

TEST_F(ServiceURL, OfTheEnvironmentVariable) {
  set("GLOBUS_SDK_ENVIRONMENT", "preview");
  EXPECT_EQ(PlainClient().base_url(), "https://transfer.api.preview.globus.org/");
  EXPECT_EQ(AuthClient().base_url(), "https://auth.preview.globus.org/");
}

TEST_F(ServiceURL, TheArgumentComesBeforeTheEnvironmentVariable) {
  set("GLOBUS_SDK_ENVIRONMENT", "preview");
  EXPECT_EQ(PlainClient({.environment = "test"}).base_url(),
            "https://transfer.api.test.globuscs.info/");
}

TEST_F(ServiceURL, TheServicesVariableComesBeforeTheEnvironmentArgument) {
  set("GLOBUS_SDK_SERVICE_URL_TRANSFER", "http://127.0.0.1:1/transfer");
  set("GLOBUS_SDK_ENVIRONMENT", "test");
  EXPECT_EQ(PlainClient({.environment = "preview"}).base_url(), "http://127.0.0.1:1/transfer");
  EXPECT_EQ(AuthClient({.environment = "preview"}).base_url(), "https://auth.preview.globus.org/");
}

TEST_F(ServiceURL, TheBaseURLArgumentComesFirst) {
  set("GLOBUS_SDK_SERVICE_URL_TRANSFER", "http://127.0.0.1:1/");
  EXPECT_EQ(PlainClient({.base_url = "https://example.org/x"}).base_url(), "https://example.org/x");
}

TEST_F(ServiceURL, TimersHasItsOwnName) {
  set("GLOBUS_SDK_SERVICE_URL_TIMER", "http://127.0.0.1:1/timer");
  EXPECT_EQ(get_service_url("timer"), "http://127.0.0.1:1/timer");
}

TEST_F(ServiceURL, OfAnEnvironmentThatIsNone) {
  EXPECT_THAT(usage_error([] { get_service_url("transfer", "nowhere"); }), Names("environment"));
  set("GLOBUS_SDK_ENVIRONMENT", "nowhere");
  EXPECT_THAT(usage_error([] { PlainClient(); }), Names("nowhere"));
}

TEST_F(ServiceURL, MustBeOne) {
  for (const char* url : {"", "nonsense", "/v0.10", "ftp://example.org/", "https://", "file:///x",
                          "https:///path", "http://[::1/"}) {
    EXPECT_THAT(usage_error([url] { PlainClient({.base_url = url}); }), Names("base_url")) << url;
  }
  set("GLOBUS_SDK_SERVICE_URL_TRANSFER", "nonsense");
  EXPECT_THAT(usage_error([] { PlainClient(); }), Names("base_url"));
}

/// What some programs take for the host is the name of a user for others.
TEST_F(ServiceURL, NamesNoUser) {
  for (const char* url : {"https://user@example.org/", "https://user:hidden@example.org/",
                          "http://base\\@example.org/", "https://127.0.0.1\\@example.org/",
                          "https://@example.org/", "https://user%40x:y@example.org/"}) {
    EXPECT_THAT(usage_error([url] { PlainClient({.base_url = url}); }),
                testing::AllOf(Names("base_url"), Names("user"),
                               testing::Not(testing::HasSubstr("hidden"))))
        << url;
  }
}

TEST_F(ServiceURL, HasNoQueryAndNoFragment) {
  for (const char* url : {"https://example.org/?a=1", "https://example.org?a=1",
                          "https://example.org/x#y", "https://example.org/?"}) {
    EXPECT_THAT(usage_error([url] { PlainClient({.base_url = url}); }), Names("base_url")) << url;
  }
}

/// As libcurl reads it: what is compared is what is sent.
TEST_F(ServiceURL, IsKeptAsItWasRead) {
  for (const auto& [url, read] : std::vector<std::pair<const char*, const char*>>{
           {"https://example.org", "https://example.org"},
           {"https://example.org/", "https://example.org/"},
           {"https://example.org/x", "https://example.org/x"},
           {"https://example.org:443/x/", "https://example.org:443/x/"},
           {"HTTPS://example.org/x", "https://example.org/x"},
           {"hTTp://127.1:80", "http://127.0.0.1:80"},
           {"https://example.org/a/../b", "https://example.org/b"}}) {
    EXPECT_EQ(PlainClient({.base_url = url}).base_url(), read);
  }
}

TEST_F(ServiceURL, PathsAreBelowIt) {
  RecordingServer server([](const RecordedRequest&) { return RecordedAnswer(); });
  for (const char* base : {"", "/", "/transfer", "/transfer/"}) {
    const PlainClient client({.base_url = server.url() + base});
    client.get("/v0.10/task/t");
    client.get("v0.10/x");
  }
  std::vector<std::string> targets;
  for (const auto& request : server.requests()) targets.push_back(request.target);
  EXPECT_EQ(targets,
            (std::vector<std::string>{"/v0.10/task/t", "/v0.10/x", "/v0.10/task/t", "/v0.10/x",
                                      "/transfer/v0.10/task/t", "/transfer/v0.10/x",
                                      "/transfer/v0.10/task/t", "/transfer/v0.10/x"}));
}

// ---- the time-out -------------------------------------------------------------------------------

class HTTPTimeout : public Settings {};

TEST_F(HTTPTimeout, IsAMinuteByDefault) {
  EXPECT_EQ(detail::resolve({}).http_timeout, 60s);
  set("GLOBUS_SDK_HTTP_TIMEOUT", "");
  EXPECT_EQ(detail::resolve({}).http_timeout, 60s);
}

TEST_F(HTTPTimeout, OfTheEnvironment) {
  for (const auto& [text, expected] : {std::pair("5", 5000ms), std::pair("0.25", 250ms),
                                       std::pair("1e2", 100'000ms), std::pair("0.0001", 1ms)}) {
    set("GLOBUS_SDK_HTTP_TIMEOUT", text);
    EXPECT_EQ(detail::resolve({}).http_timeout, expected) << text;
  }
}

TEST_F(HTTPTimeout, MinusOneMeansNone) {
  for (const char* text : {"-1", "-1.0"}) {
    set("GLOBUS_SDK_HTTP_TIMEOUT", text);
    EXPECT_EQ(detail::resolve({}).http_timeout, std::nullopt) << text;
  }
}

TEST_F(HTTPTimeout, BadValuesAreRefused) {
  for (const char* text : {"x", "5s", "0", "-2", "nan", "inf", "-inf", "1e300", "5 6"}) {
    set("GLOBUS_SDK_HTTP_TIMEOUT", text);
    EXPECT_THAT(usage_error([] { PlainClient(); }), Names("GLOBUS_SDK_HTTP_TIMEOUT")) << text;
  }
}

TEST_F(HTTPTimeout, TheArgumentComesFirst) {
  set("GLOBUS_SDK_HTTP_TIMEOUT", "5");
  EXPECT_EQ(detail::resolve({.http_timeout = 2s}).http_timeout, 2s);
  EXPECT_EQ(detail::resolve({.http_timeout = nullptr}).http_timeout, std::nullopt);
  for (const auto timeout : {0ms, -1000ms}) {
    EXPECT_THAT(usage_error([timeout] { Transport({.http_timeout = timeout}); }),
                Names("http_timeout"));
  }
}

// ---- verification -------------------------------------------------------------------------------

class Verification : public Settings {};

TEST_F(Verification, IsOnByDefault) {
  const auto resolved = detail::resolve({});
  EXPECT_TRUE(resolved.verify);
  EXPECT_EQ(resolved.ca_file, "");
  EXPECT_EQ(resolved.ca_directory, "");
}

TEST_F(Verification, WordsOfTheEnvironment) {
  for (const char* word : {"y", "yes", "t", "true", "on", "1", "TRUE", "Yes", ""}) {
    set("GLOBUS_SDK_VERIFY_SSL", word);
    EXPECT_TRUE(detail::resolve({}).verify) << word;
  }
  for (const char* word : {"n", "no", "f", "false", "off", "0", "FALSE", "Off"}) {
    set("GLOBUS_SDK_VERIFY_SSL", word);
    EXPECT_FALSE(detail::resolve({}).verify) << word;
  }
}

TEST_F(Verification, AFileOfTheEnvironment) {
  const std::string path = file("ca.pem");
  set("GLOBUS_SDK_VERIFY_SSL", path);
  EXPECT_TRUE(detail::resolve({}).verify);
  EXPECT_EQ(detail::resolve({}).ca_file, path);
}

TEST_F(Verification, AFileThatIsNotThereIsRefusedByTheNameOfWhatNamedIt) {
  for (const char* name : {"REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "SSL_CERT_FILE"}) {
    set(name, "/no/such/file");
    EXPECT_THAT(usage_error([] { PlainClient(); }), Names(name));
  }
  set("GLOBUS_SDK_VERIFY_SSL", "/no/such/file");
  EXPECT_THAT(usage_error([] { PlainClient(); }), Names("GLOBUS_SDK_VERIFY_SSL"));
  EXPECT_THAT(usage_error([] { Transport({.verify_ssl = "/no/such/file"}); }), Names("verify_ssl"));
  set("GLOBUS_SDK_VERIFY_SSL", "maybe");
  EXPECT_THAT(usage_error([] { PlainClient(); }), Names("GLOBUS_SDK_VERIFY_SSL"));
}

TEST_F(Verification, AFolderIsOneOfHashedCertificates) {
  const ScopedFolder folder;
  const auto resolved = detail::resolve({.verify_ssl = folder.path.string()});
  EXPECT_EQ(resolved.ca_directory, folder.path);
  EXPECT_EQ(resolved.ca_file, "");
}

TEST_F(Verification, TheOrderOfWhatNamesABundle) {
  set("REQUESTS_CA_BUNDLE", file("requests.pem"));
  EXPECT_EQ(detail::resolve({}).ca_file, file("requests.pem"));
  set("CURL_CA_BUNDLE", file("curl.pem"));
  EXPECT_EQ(detail::resolve({}).ca_file, file("curl.pem"));
  set("SSL_CERT_FILE", file("ssl.pem"));
  EXPECT_EQ(detail::resolve({}).ca_file, file("ssl.pem"));
  set("GLOBUS_SDK_VERIFY_SSL", "true");
  EXPECT_EQ(detail::resolve({}).ca_file, file("ssl.pem"));
  set("GLOBUS_SDK_VERIFY_SSL", file("globus.pem"));
  EXPECT_EQ(detail::resolve({}).ca_file, file("globus.pem"));
  EXPECT_EQ(detail::resolve({.verify_ssl = file("argument.pem")}).ca_file, file("argument.pem"));
}

TEST_F(Verification, TheArgumentComesFirst) {
  set("GLOBUS_SDK_VERIFY_SSL", "false");
  EXPECT_TRUE(detail::resolve({.verify_ssl = true}).verify);
  set("GLOBUS_SDK_VERIFY_SSL", "true");
  EXPECT_FALSE(detail::resolve({.verify_ssl = false}).verify);
}

TEST_F(Verification, ABundleDoesNotMatterWhereNothingIsVerified) {
  set("SSL_CERT_FILE", "/no/such/file");
  EXPECT_FALSE(detail::resolve({.verify_ssl = false}).verify);
  set("GLOBUS_SDK_VERIFY_SSL", "0");
  EXPECT_FALSE(detail::resolve({}).verify);
}

TEST_F(Verification, ServersThatAreNotAskedOverTLSNeedNone) {
  set("GLOBUS_SDK_VERIFY_SSL", file("empty.pem"));
  RecordingServer server([](const RecordedRequest&) { return RecordedAnswer(); });
  EXPECT_EQ(PlainClient({.base_url = server.url()}).get("/v0.10/task/t").http_status(), 200);
}

// ---- other settings -----------------------------------------------------------------------------

class TransportOptions : public Settings {};

TEST_F(TransportOptions, BadValuesAreRefused) {
  EXPECT_THAT(usage_error([] { Transport({.proxy = ""}); }), Names("proxy"));
  EXPECT_THAT(usage_error([] { Transport({.max_response_size = 0}); }), Names("max_response_size"));
  EXPECT_THAT(usage_error([] { Transport({.max_connections = -1}); }), Names("max_connections"));
}

TEST_F(TransportOptions, AProxyIsInheritedOrGivenOrNone) {
  set("https_proxy", "http://of-the-environment.example:3128");
  EXPECT_EQ(detail::resolve({}).https_proxy.url, "http://of-the-environment.example:3128");
  EXPECT_FALSE(detail::resolve({}).proxy_for_loopback);
  const auto given = detail::resolve({.proxy = "http://proxy.example:3128"});
  EXPECT_TRUE(given.proxy_for_loopback);
  EXPECT_EQ(given.https_proxy.url, "http://proxy.example:3128");
  EXPECT_EQ(given.http_proxy.url, "http://proxy.example:3128");
  const auto none = detail::resolve({.proxy = nullptr});
  EXPECT_EQ(none.https_proxy.url, "");
  EXPECT_EQ(none.http_proxy.url, "");
}

TEST_F(TransportOptions, AnAnswerMayHaveTheLargestListing) {
  constexpr std::int64_t entries = 100'000;  // what Transfer lists at most
  constexpr std::int64_t entry = 350 + 255;  // its fields, and the longest name
  EXPECT_GE(detail::resolve({}).max_response_size, entries * entry);
  EXPECT_LE(detail::resolve({}).max_response_size, std::int64_t{100} << 20);
}

TEST_F(TransportOptions, RetriesThatAreNone) {
  RetryConfig config;
  config.max_retries = -1;
  EXPECT_THAT(usage_error([&] { PlainClient({.retry_config = config}); }), Names("max_retries"));
}

// ---- headers ------------------------------------------------------------------------------------

class RequestHeaders : public Settings {
 protected:
  /// The values of a header that a client with those options sends.
  std::vector<std::string> sent(const std::string& name, ClientOptions options = {},
                                const RequestOptions& request = {}) {
    RecordingServer server([](const RecordedRequest&) { return RecordedAnswer(); });
    options.base_url = server.url();
    PlainClient(options).post("/x", request);
    std::vector<std::string> values;
    const RecordedRequest received = server.requests().at(0);
    for (const auto& [key, value] : received.headers) {
      if (key == name) values.push_back(value);
    }
    return values;
  }
  using Values = std::vector<std::string>;
};

TEST_F(RequestHeaders, SayWhoAsks) {
  const std::string agent = std::string("globus-sdk-cpp-") + version;
  EXPECT_EQ(sent("user-agent"), Values{agent});
  EXPECT_EQ(sent("user-agent", {.app_name = "my app/1.0"}), Values{agent + "/my app/1.0"});
  EXPECT_EQ(sent("x-globus-client-info"),
            Values{std::string("product=cpp-sdk,version=") + version});
  EXPECT_EQ(sent("accept"), Values{"application/json"});
}

TEST_F(RequestHeaders, OfARequestWithoutABody) {
  EXPECT_EQ(sent("content-type"), Values{});
  EXPECT_EQ(sent("content-length"), Values{"0"});
  EXPECT_EQ(sent("expect"), Values{});
  EXPECT_EQ(sent("authorization"), Values{});
}

TEST_F(RequestHeaders, OfEachEncoding) {
  EXPECT_EQ(sent("content-type", {}, {.data = {{"a", 1}}}), Values{"application/json"});
  EXPECT_EQ(sent("content-type", {}, {.data = {{"a", 1}}, .encoding = "form"}),
            Values{"application/x-www-form-urlencoded"});
  EXPECT_EQ(sent("content-type", {}, {.data = "text"}), Values{"text/plain"});
}

TEST_F(RequestHeaders, OfOnesOwnReplaceTheSDKs) {
  EXPECT_EQ(sent("x-mine", {}, {.headers = {{"X-Mine", "1"}}}), Values{"1"});
  EXPECT_EQ(sent("accept", {}, {.headers = {{"accept", "text/csv"}}}), Values{"text/csv"});
  EXPECT_EQ(sent("content-type", {}, {.data = "a,b", .headers = {{"Content-Type", "text/csv"}}}),
            Values{"text/csv"});
  EXPECT_EQ(sent("content-type", {}, {.headers = {{"Content-Type", "text/csv"}}}),
            Values{"text/csv"});
}

TEST_F(RequestHeaders, AnAuthorizationOfOnesOwnGivesWayToAnAuthorizers) {
  const RequestOptions own{.headers = {{"authorization", "Bearer own"}}};
  EXPECT_EQ(sent("authorization", {}, own), Values{"Bearer own"});
  RecordingServer server([](const RecordedRequest&) { return RecordedAnswer{401, "{}", {}}; });
  const PlainClient client(AccessTokenAuthorizer("authorizers"), {.base_url = server.url()});
  EXPECT_THROW(client.get("/x", own), GlobusAPIError);
  EXPECT_EQ(server.requests().at(0).header("authorization"), "Bearer authorizers");
  const PlainClient without({.base_url = server.url()});
  EXPECT_THROW(without.get("/x", own), GlobusAPIError);
  const PlainClient over_a_network({.base_url = "http://example.org/"});
  EXPECT_THAT(usage_error([&] { over_a_network.get("/x", own); }), Names("allow_plain_http"));
}

TEST_F(RequestHeaders, HoldNoControlCharacters) {
  for (const char* name : {"a\r\nX: y", "a\n", "a\x7f"}) {
    EXPECT_THAT(usage_error([name] { PlainClient({.app_name = name}); }), Names("app_name"));
  }
  const PlainClient client;
  const RequestOptions options{.headers = {{"X-A", "1\r\nX-B: 2"}}};
  EXPECT_THAT(usage_error([&] { client.get("/x", options); }), Names("headers"));
}

}  // namespace
}  // namespace globus_sdk_test
