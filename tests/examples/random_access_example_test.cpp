// SPDX-License-Identifier: Apache-2.0
// The example of random access, against a server with one file.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "collections/served_parts.hpp"
#include "support/program.hpp"

namespace globus_sdk_test {
namespace {

using programs::Program;
using testing::HasSubstr;

Program start_example(const std::string& url, const programs::Environment& environment = {}) {
  return Program({std::string(GLOBUS_SDK_EXAMPLES_DIR) + "/random_access",
                  "11111111-1111-4111-8111-111111111111", url, "/data/a.txt"},
                 environment);
}

TEST(RandomAccessExample, ReadsPartsOfAFile) {
  const PartsServer server("the first line\n" + content_of(1 << 20) + "the last of all\n");
  Program program = start_example(server.url());
  EXPECT_EQ(program.finish(), 0);
  EXPECT_EQ(program.output(),
            "1048607 bytes\n"
            "ends with: the last of all\n\n"
            "two parts have 16 bytes\n"
            "first line: the first line\n");
  for (const RecordedRequest& request : server.requests()) {
    EXPECT_EQ(request.header("authorization"), "");
  }
}

TEST(RandomAccessExample, TakesAToken) {
  const PartsServer server("line\n");
  Program program = start_example(server.url(), {{"GLOBUS_FILES_TOKEN", "a-token"}});
  EXPECT_EQ(program.finish(), 0);
  EXPECT_THAT(program.output(), HasSubstr("5 bytes\nends with: line\n\ntwo parts have 8 bytes"));
  EXPECT_EQ(server.requests().front().header("authorization"), "Bearer a-token");
}

TEST(RandomAccessExample, SaysThatThereIsNoSuchFile) {
  const RecordingServer server(
      [](const RecordedRequest&) { return RecordedAnswer{404, R"({"message": "not there"})"}; });
  Program program = start_example(server.url());
  EXPECT_EQ(program.finish(), 1);
  EXPECT_THAT(program.output(), HasSubstr("not there"));
}

}  // namespace
}  // namespace globus_sdk_test
