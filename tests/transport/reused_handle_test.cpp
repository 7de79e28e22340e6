// SPDX-License-Identifier: Apache-2.0
// Whatever a handle of libcurl's did before, the next request is what a new client would send.
#include <gtest/gtest.h>

#include <functional>
#include <string>
#include <vector>

#include "support/recording_server.hpp"
#include "transport/both_modes.hpp"

namespace globus_sdk_test {
namespace {

using namespace globus_sdk;

RecordedAnswer respond(const RecordedRequest& request) {
  if (request.target.starts_with("/moved")) return {302, "", {{"Location", "/there?x=1"}}};
  if (request.target.starts_with("/missing")) return {404, R"({"code": "NotFound"})"};
  if (request.target.starts_with("/dropped")) return {.status = 0};
  return {200, R"({"target": ")" + request.target + R"("})"};
}

std::string text_of(const RecordedRequest& request) {
  std::string text = request.method + " " + request.target + "\n" + request.body;
  for (const auto& [name, value] : request.headers) text += "\n" + name + ": " + value;
  return text;
}

class AfterAnotherRequest : public InBothModes {
 protected:
  struct Step {
    const char* name;
    std::function<void(const PlainClient&)> send;
  };

  /// What `send` made the server receive.
  std::string sent(const PlainClient& client, const Step& step) {
    server_.clear();
    try {
      step.send(client);
    } catch (const GlobusError&) {}
    std::string text;
    for (const RecordedRequest& request : server_.requests()) text += text_of(request) + "\n\n";
    return text;
  }

  PlainClient new_client() const { return PlainClient(options_for(server_.url())); }

  std::vector<Step> steps() const {
    const auto get_of = [this](const char* path) {
      return [this, path](const PlainClient& client) { get(client, path); };
    };
    const auto request = [](const char* method, const char* path, RequestOptions options) {
      return [is_async = GetParam(), method, path,
              options = std::move(options)](const PlainClient& client) {
        if (is_async) {
          run_async(client.async().request(method, path, options));
        } else {
          client.request(method, path, options);
        }
      };
    };
    return {
        {"GET", get_of("/a")},
        {"GET with a query", get_of("/a/b?x=%2F~%2f&y=1")},
        {"GET with an odd path", get_of("/a/../b")},
        {"GET that is redirected", get_of("/moved")},
        {"GET of nothing", get_of("/missing")},
        {"GET with a header", request("GET", "/a", {.headers = {{"X-More", "1"}}})},
        {"GET with a body", request("GET", "/a", {.data = {{"a", 1}}})},
        {"POST", request("POST", "/a", {.data = {{"a", 1}}})},
        {"POST of nothing", request("POST", "/a", {})},
        {"PUT", request("PUT", "/a", {.data = {{"a", 1}}})},
        {"DELETE", request("DELETE", "/a", {})},
        {"HEAD", request("HEAD", "/a", {})},
        {"GET with another timeout",
         [this](const PlainClient& client) { get(client.with({.timeout = 5s}), "/a"); }},
    };
  }

 private:
  RecordingServer server_{respond};
};

INSTANTIATE_TEST_SUITE_P(Transport, AfterAnotherRequest, testing::Values(false, true), mode_of);

TEST_P(AfterAnotherRequest, ARequestIsWhatANewClientSends) {
  const PlainClient reused = new_client();
  auto before = steps();
  // libcurl itself asks again where a reused connection ends so, which makes it no good second
  before.push_back({"GET without an answer", [this](const PlainClient& c) { get(c, "/dropped"); }});
  for (const Step& second : steps()) {
    const std::string expected = sent(new_client(), second);
    EXPECT_NE(expected, "") << second.name;
    for (const Step& first : before) {
      sent(reused, first);
      EXPECT_EQ(sent(reused, second), expected) << first.name << ", then " << second.name;
    }
  }
}

}  // namespace
}  // namespace globus_sdk_test
