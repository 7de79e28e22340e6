// SPDX-License-Identifier: Apache-2.0
// The example of Search, against recorded answers.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/program.hpp"
#include "support/recorded_answers.hpp"

namespace {

using globus_sdk_test::find_recorded_answer;
using globus_sdk_test::RecordedAnswer;
using globus_sdk_test::RecordedRequest;
using globus_sdk_test::RecordingServer;
using programs::Program;
using testing::HasSubstr;

RecordedAnswer answer(const RecordedRequest& request) {
  const std::string path = request.target.substr(0, request.target.find('?'));
  return find_recorded_answer(
             {{"answer_of", "search search"}, {"method", request.method}, {"path", path}})
      .value_or(RecordedAnswer{.status = 501});
}

struct SearchExample : testing::Test {
  /// The example with these arguments.
  Program search(const std::vector<std::string>& arguments) const {
    std::vector<std::string> command{std::string(GLOBUS_SDK_EXAMPLES_DIR) + "/search"};
    command.insert(command.end(), arguments.begin(), arguments.end());
    return Program(command, {{"GLOBUS_SDK_SERVICE_URL_SEARCH", server.url()}});
  }

  const RecordingServer server{answer};
};

TEST_F(SearchExample, PrintsWhatItFinds) {
  Program program = search({"6f831ac8-4c41-4812-b383-6fb04f8b9f9f", "salsa verde"});
  EXPECT_EQ(program.finish(), 0) << program.output();
  EXPECT_THAT(program.output(),
              testing::StartsWith("https://en.wikipedia.org/wiki/Salsa_verde\n  {"));
  EXPECT_THAT(program.output(), HasSubstr(R"("handle":"salsa-verde")"));
  ASSERT_EQ(server.requests().size(), 1u);
  EXPECT_THAT(server.requests()[0].target, HasSubstr("?q=salsa+verde&"));
  EXPECT_EQ(server.requests()[0].header("authorization"), "");
}

TEST_F(SearchExample, SaysThatThereIsNoSuchIndex) {
  Program program = search({"2ac1f660-298b-432f-89ae-c1299ad4233e", "x"});
  EXPECT_EQ(program.finish(), 1);
  EXPECT_EQ(program.output(), "NotFound.NoSuchIndex: <text>\n");
}

TEST_F(SearchExample, SaysHowItIsUsed) {
  Program program = search({"6f831ac8-4c41-4812-b383-6fb04f8b9f9f"});
  EXPECT_EQ(program.finish(), 2);
  EXPECT_THAT(program.output(), HasSubstr("usage: search INDEX_ID QUERY"));
  EXPECT_TRUE(server.requests().empty());
}

}  // namespace
