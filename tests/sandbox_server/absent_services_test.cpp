// SPDX-License-Identifier: Apache-2.0
// A service that the sandbox does not have says so in its own form, which its clients can read.
#include "sandbox_server/auth_fixture.hpp"

using AbsentServices = AuthFixture;
using raw_http::Answer;

TEST_F(AbsentServices, FlowsSaysSoInItsOwnForm) {
  const Answer answer = http.get(sandbox->url() + "/flows/flows?filter_role=flow_owner");
  EXPECT_EQ(answer.status, 501);
  const auto error = answer.json().at("error");
  EXPECT_EQ(error.at("code"), "NOT_IMPLEMENTED");
  EXPECT_NE(error.at("detail").as_string().find("flows"), boost::json::string::npos);
}

TEST_F(AbsentServices, TimersSaysSoInItsOwnForm) {
  const Answer answer = http.get(sandbox->url() + "/timer/jobs/");
  EXPECT_EQ(answer.status, 501);
  const auto error = answer.json().at("error");
  EXPECT_EQ(error.at("code"), "NOT_IMPLEMENTED");
  EXPECT_EQ(error.at("status").as_int64(), 501);
  EXPECT_NE(error.at("detail").as_string().find("timer"), boost::json::string::npos);
}

TEST_F(AbsentServices, SearchSaysSoInItsOwnForm) {
  const Answer answer = http.get(sandbox->url() + "/search/v1/index_list");
  EXPECT_EQ(answer.status, 501);
  EXPECT_EQ(answer.text("@datatype"), "GError");
  EXPECT_EQ(answer.text("@version"), "2017-09-01");
  EXPECT_EQ(answer.text("code"), "NotImplemented");
  EXPECT_EQ(answer.json().at("status").as_int64(), 501);
  EXPECT_NE(answer.text("message").find("search"), std::string::npos);
  EXPECT_FALSE(answer.text("request_id").empty());
}

TEST_F(AbsentServices, TheOthersSaySoInTheFormThatServicesShare) {
  for (const char* name : {"groups", "compute", "nexus"}) {
    const Answer answer = http.get(sandbox->url() + '/' + name + "/v2/anything");
    EXPECT_EQ(answer.status, 501);
    EXPECT_EQ(answer.text("code"), "NotImplemented");
    EXPECT_NE(answer.text("message").find(name), std::string::npos);
  }
}
