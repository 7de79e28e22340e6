// SPDX-License-Identifier: Apache-2.0
// The example of Groups, against recorded answers.
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

const std::string refused_id = "00000000-0000-0000-0000-000000000009";

/// As recorded; one identity does not want to be added to groups.
RecordedAnswer answer(const RecordedRequest& request) {
  if (request.body.find(refused_id) != std::string::npos) {
    return {.body = R"({"errors": {"add": [{"code": "NOT_ALLOWED"}]}})"};
  }
  return find_recorded_answer(
             {{"answer_of", "groups groups"}, {"method", request.method}, {"path", request.target}})
      .value_or(RecordedAnswer{.status = 501});
}

struct GroupsExample : testing::Test {
  /// The example with these arguments.
  Program groups(const std::vector<std::string>& arguments) const {
    std::vector<std::string> command{std::string(GLOBUS_SDK_EXAMPLES_DIR) + "/groups"};
    command.insert(command.end(), arguments.begin(), arguments.end());
    return Program(command, {{"GLOBUS_SDK_SERVICE_URL_GROUPS", server.url()},
                             {"GLOBUS_SANDBOX_GROUPS_TOKEN", "a token"}});
  }

  const RecordingServer server{answer};
};

TEST_F(GroupsExample, MakesAGroupAddsMembersAndListsGroups) {
  Program program = groups({"a project", "00000000-0000-0000-0000-000000000001"});
  EXPECT_EQ(program.finish(), 0) << program.output();
  EXPECT_EQ(program.output(), "<text>: admin\n<text>: member manager\n");
  const auto requests = server.requests();
  ASSERT_EQ(requests.size(), 3u);
  EXPECT_EQ(requests[0].body,
            R"({"name":"a project","description":"made by a program","parent_id":null})");
  EXPECT_EQ(requests[1].target, "/v2/groups/8b7d57bc-1666-11ec-88b2-f50515619d57");
  EXPECT_EQ(requests[1].body,
            R"({"add":[{"identity_id":"00000000-0000-0000-0000-000000000001","role":"member"}]})");
  for (const auto& request : requests) EXPECT_EQ(request.header("authorization"), "Bearer a token");
}

TEST_F(GroupsExample, SaysWhoIsNoMember) {
  Program program = groups({"a project", refused_id});
  EXPECT_EQ(program.finish(), 0);
  EXPECT_THAT(program.output(),
              HasSubstr(refused_id + R"( is no member: {"add":[{"code":"NOT_ALLOWED"}]})"));
}

TEST_F(GroupsExample, SaysHowItIsUsed) {
  Program program = groups({});
  EXPECT_EQ(program.finish(), 2);
  EXPECT_THAT(program.output(), HasSubstr("usage: groups NAME"));
  EXPECT_TRUE(server.requests().empty());
}

}  // namespace
