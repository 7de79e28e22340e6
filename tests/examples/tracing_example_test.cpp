// SPDX-License-Identifier: Apache-2.0
// The example of traces, and the file that it writes.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <fstream>
#include <map>
#include <string>
#include <vector>

#include "sandbox/sandbox.hpp"
#include "support/over_tls.hpp"
#include "support/program.hpp"
#include "support/scoped_folder.hpp"

namespace {

namespace json = boost::json;
using globus_sdk_test::for_this_run;
using testing::HasSubstr;
using testing::MatchesRegex;
using testing::Not;

/// The spans of a file of OTLP/JSON lines.
std::vector<json::object> spans_in(const std::string& file) {
  std::vector<json::object> spans;
  std::ifstream lines(file);
  for (std::string line; std::getline(lines, line);) {
    EXPECT_THAT(line, Not(HasSubstr("Bearer")));
    const auto document = json::parse(line);
    const auto& resource = document.at("resourceSpans").as_array().at(0);
    EXPECT_EQ(resource.at_pointer("/resource/attributes/0/value/stringValue"), "my-service");
    EXPECT_EQ(resource.at_pointer("/scopeSpans/0/scope/name"), "globus-sdk-cpp");
    spans.push_back(resource.at_pointer("/scopeSpans/0/spans/0").as_object());
  }
  return spans;
}

std::string text(const json::object& span, const char* name) {
  return std::string(span.at(name).as_string());
}

/// An attribute's value, as OTLP writes it.
std::string attribute(const json::object& span, const std::string& name) {
  for (const auto& each : span.at("attributes").as_array()) {
    if (each.at("key").as_string() != name) continue;
    const auto& value = each.at("value").as_object();
    return std::string(value.begin()->value().as_string());
  }
  return {};
}

TEST(TracingExample, WritesACallItsRetryAndBothAttempts) {
  globus_sandbox::Sandbox sandbox{for_this_run({})};
  std::ofstream(sandbox.folder("SOURCE") / "one.txt") << "one";
  globus_sandbox::Fault fault;
  fault.path = "/ls$";
  fault.status = 503;
  sandbox.add_fault(fault);
  const globus_sdk_test::ScopedFolder folder;
  const std::string file = folder.path / "spans.json";
  programs::Program program({std::string(GLOBUS_SDK_EXAMPLES_DIR) + "/tracing", file},
                            sandbox.environment());
  EXPECT_EQ(program.finish(), 0) << program.output();
  EXPECT_THAT(program.output(), HasSubstr("one.txt"));

  const auto spans = spans_in(file);  // a call ends after its attempts
  ASSERT_EQ(spans.size(), 3U);
  const auto& call = spans[2];
  EXPECT_EQ(text(call, "name"), "transfer GET");
  EXPECT_EQ(text(call, "parentSpanId"), "");
  EXPECT_EQ(attribute(call, "globus.attempts"), "2");
  EXPECT_EQ(call.at("events").as_array().at(0).at("name"), "retry");
  EXPECT_EQ(call.at("status").at("code"), 0);
  EXPECT_EQ(attribute(spans[0], "error.type"), "503");
  EXPECT_EQ(spans[0].at("status").at("code"), 2);
  EXPECT_EQ(attribute(spans[1], "http.response.status_code"), "200");
  EXPECT_EQ(attribute(spans[1], "http.request.resend_count"), "1");
  for (const auto& span : spans) {
    EXPECT_THAT(text(span, "traceId"), MatchesRegex("[0-9a-f]{32}"));
    EXPECT_THAT(text(span, "spanId"), MatchesRegex("[0-9a-f]{16}"));
    EXPECT_EQ(text(span, "traceId"), text(call, "traceId"));
    EXPECT_LE(std::stoull(text(span, "startTimeUnixNano")),
              std::stoull(text(span, "endTimeUnixNano")));
  }
  for (std::size_t i = 0; i < 2; ++i) {
    EXPECT_EQ(text(spans[i], "parentSpanId"), text(call, "spanId"));
    EXPECT_EQ(spans[i].at("kind"), 3);
    EXPECT_THAT(attribute(spans[i], "url.full"), HasSubstr("/ls"));
  }
}

}  // namespace
