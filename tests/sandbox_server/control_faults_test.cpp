// SPDX-License-Identifier: Apache-2.0
// The faults that a test can order, each of them seen from the outside.
#include <chrono>
#include <future>

#include "sandbox_server/auth_fixture.hpp"

using ControlFaults = AuthFixture;
using globus_sandbox::Fault;
using raw_http::Answer;

namespace {

using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point begin) {
  return std::chrono::duration<double>(Clock::now() - begin).count();
}

}  // namespace

TEST_F(ControlFaults, StatusReplacesTheAnswerForACountOfRequests) {
  const Answer added =
      http.send_json("POST", value("URL") + "faults",
                     R"({"method":"GET","path":"^/auth/.*userinfo$","count":2,"status":503,
          "headers":{"Retry-After":"7"},"body":{"code":"Busy"}})");
  ASSERT_EQ(added.status, 200) << added.body;
  EXPECT_EQ(http.get(auth("/jwk.json")).status, 200) << "another path";
  for (int i = 0; i < 2; ++i) {
    const Answer answer = http.get_as(value("AUTH_TOKEN"), auth("/v2/oauth2/userinfo"));
    EXPECT_EQ(answer.status, 503);
    EXPECT_EQ(answer.header("retry-after"), "7");
    EXPECT_EQ(answer.header("content-type"), "application/json");
    EXPECT_EQ(answer.body, "{\"code\":\"Busy\"}");
  }
  EXPECT_EQ(userinfo_status(value("AUTH_TOKEN")), 200);
}

TEST_F(ControlFaults, EveryNthRequestMeetsThem) {
  const Answer added = http.send_json("POST", value("URL") + "faults",
                                      R"({"path":"jwk","count":2,"every":3,"status":503})");
  ASSERT_EQ(added.status, 200) << added.body;
  std::vector<long> statuses;
  for (int i = 0; i < 9; ++i) statuses.push_back(http.get(auth("/jwk.json")).status);
  EXPECT_EQ(statuses, (std::vector<long>{200, 200, 503, 200, 200, 503, 200, 200, 200}));
  EXPECT_EQ(http.send_json("POST", value("URL") + "faults", R"({"every":0,"status":503})").status,
            400);
}

TEST_F(ControlFaults, StatusMayCarryAnyBody) {
  Fault fault;
  fault.status = 500;
  fault.headers = {{"Content-Type", "text/html"}, {"Content-Length", "999"}, {"Date", "yesterday"}};
  fault.body = "<html>";
  sandbox->add_fault(fault);
  const Answer answer = http.get(auth("/jwk.json"));
  EXPECT_EQ(answer.code, CURLE_OK);
  EXPECT_EQ(answer.header("content-type"), "text/html");
  EXPECT_EQ(answer.body, "<html>");
  EXPECT_EQ(answer.header("date"), "yesterday");
  EXPECT_TRUE(http.get(auth("/jwk.json")).header("date").ends_with(" GMT"));
}

TEST_F(ControlFaults, DelayHoldsNobodyElseUp) {
  constexpr int slow = 100;  // far more than the server has threads
  Fault fault;
  fault.path = "jwk";
  fault.delay = 0.7;
  fault.count = slow;
  sandbox->add_fault(fault);
  http.get(auth("/.well-known/openid-configuration"));
  const auto begin = Clock::now();
  std::vector<std::future<Answer>> answers;
  for (int i = 0; i < slow; ++i)
    answers.push_back(std::async(std::launch::async, [this] {
      raw_http::Client client;
      return client.get(auth("/jwk.json"));
    }));
  while (sandbox->requests().size() < slow) std::this_thread::yield();
  const auto quick_begin = Clock::now();
  EXPECT_EQ(userinfo_status(value("AUTH_TOKEN")), 200);
  EXPECT_LT(seconds_since(quick_begin), 0.5);
  for (auto& answer : answers) EXPECT_EQ(answer.get().status, 200);
  EXPECT_GE(seconds_since(begin), 0.7);
  EXPECT_LT(seconds_since(begin), 10);
}

TEST_F(ControlFaults, DropBeforeHasNoEffect) {
  globus_sandbox::SandboxOptions options;
  options.rotate_refresh_tokens = true;
  start(options);
  Fault fault;
  fault.method = "POST";
  fault.drop_before = true;
  sandbox->add_fault(fault);
  EXPECT_EQ(refresh(value("AUTH_REFRESH_TOKEN")).code, CURLE_GOT_NOTHING);
  EXPECT_EQ(refresh(value("AUTH_REFRESH_TOKEN")).status, 200) << "nothing had happened";
  const auto requests = sandbox->requests();
  ASSERT_EQ(requests.size(), 2U);
  EXPECT_EQ(requests[0].status, 0);
  EXPECT_EQ(requests[1].status, 200);
}

TEST_F(ControlFaults, DropAfterHasTakenEffect) {
  globus_sandbox::SandboxOptions options;
  options.rotate_refresh_tokens = true;
  start(options);
  const std::string url = value("URL") + "faults";
  ASSERT_EQ(http.send_json("POST", url, R"({"path":"/token$","drop":"after"})").status, 200);
  http = raw_http::Client();  // on a connection that was in use, libcurl would send it again
  EXPECT_EQ(refresh(value("AUTH_REFRESH_TOKEN")).code, CURLE_GOT_NOTHING);
  expect_oauth_error(refresh(value("AUTH_REFRESH_TOKEN")), 400, "invalid_grant");
}

TEST_F(ControlFaults, TruncateCutsTheBody) {
  const std::string whole = http.get(auth("/jwk.json")).body;
  ASSERT_EQ(http.send_json("POST", value("URL") + "faults", R"({"truncate":10})").status, 200);
  const Answer cut = http.get(auth("/jwk.json"));
  EXPECT_EQ(cut.code, CURLE_PARTIAL_FILE);
  EXPECT_EQ(cut.status, 200);
  EXPECT_EQ(cut.body, whole.substr(0, 10));
  EXPECT_EQ(http.get(auth("/jwk.json")).body, whole);
}

TEST_F(ControlFaults, ResetEndsTheConnectionAfterSomeBytes) {
  const std::string whole = http.get(auth("/jwk.json")).body;
  ASSERT_EQ(http.send_json("POST", value("URL") + "faults", R"({"reset":10})").status, 200);
  const Answer answer = http.get(auth("/jwk.json"));
  EXPECT_EQ(answer.code, CURLE_RECV_ERROR);
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.body, whole.substr(0, 10));
  EXPECT_EQ(http.get(auth("/jwk.json")).body, whole);
}

TEST_F(ControlFaults, StallAndRateLetTheAnswerTakeItsTime) {
  const std::string whole = http.get(auth("/jwk.json")).body;
  const std::string rate = std::to_string(2 * whole.size());
  for (const std::string& fault :
       {std::string(R"({"stall":10,"seconds":0.4})"), R"({"bytes_per_second":)" + rate + '}'}) {
    ASSERT_EQ(http.send_json("POST", value("URL") + "faults", fault).status, 200);
    const auto begin = Clock::now();
    const Answer answer = http.get(auth("/jwk.json"));
    EXPECT_GE(seconds_since(begin), 0.39) << fault;
    EXPECT_EQ(answer.code, CURLE_OK) << fault;
    EXPECT_EQ(answer.body, whole) << fault;
  }
}

TEST_F(ControlFaults, CutUploadHasNoEffect) {
  globus_sandbox::SandboxOptions options;
  options.rotate_refresh_tokens = true;
  start(options);
  for (const char* fault : {R"({"cut_upload":0})", R"({"cut_upload":10,"method":"POST"})",
                            R"({"cut_upload":1000000})"}) {
    ASSERT_EQ(http.send_json("POST", value("URL") + "faults", fault).status, 200);
    http = raw_http::Client();  // on a connection that was in use, libcurl would send it again
    EXPECT_NE(refresh(value("AUTH_REFRESH_TOKEN")).code, CURLE_OK) << fault;
  }
  EXPECT_EQ(refresh(value("AUTH_REFRESH_TOKEN")).status, 200) << "it was not used";
}

TEST_F(ControlFaults, AreUsedInOrderAndCleared) {
  for (const int status : {500, 502}) {
    Fault fault;
    fault.status = status;
    sandbox->add_fault(fault);
  }
  EXPECT_EQ(http.get(auth("/jwk.json")).status, 500);
  raw_http::Request request;
  request.method = "DELETE";
  request.url = value("URL") + "faults";
  EXPECT_EQ(http.send(request).status, 200);
  EXPECT_EQ(http.get(auth("/jwk.json")).status, 200);
}

TEST_F(ControlFaults, ControlItselfMeetsNone) {
  Fault fault;
  fault.status = 500;
  sandbox->add_fault(fault);
  EXPECT_EQ(http.get(value("URL") + "requests").status, 200);
  EXPECT_TRUE(sandbox->requests().empty()) << "nor is it among the requests";
}

TEST_F(ControlFaults, NonsenseIsToldByItsField) {
  for (const auto& [document, name] :
       raw_http::Pairs{{"", "body"},
                       {"[]", "body"},
                       {"{}", "status"},
                       {R"({"status":503,"delay":1})", "delay"},
                       {R"({"status":"503"})", "status"},
                       {R"({"status":99})", "status"},
                       {R"({"status":0})", "status"},
                       {R"({"status":503,"count":0})", "count"},
                       {R"({"status":503,"path":"("})", "path"},
                       {R"({"status":503,"headers":[]})", "headers"},
                       {R"({"status":503,"headers":{"a":1}})", "headers"},
                       {R"({"delay":-1})", "delay"},
                       {R"({"drop":"now"})", "drop"},
                       {R"({"truncate":-1})", "truncate"},
                       {R"({"truncate":1,"body":"x"})", "body"},
                       {R"({"truncate":1,"reset":1})", "reset"},
                       {R"({"reset":-1})", "reset"},
                       {R"({"reset":1.5})", "reset"},
                       {R"({"stall":-1,"seconds":1})", "stall"},
                       {R"({"stall":1})", "seconds"},
                       {R"({"stall":1,"seconds":0})", "seconds"},
                       {R"({"stall":1,"seconds":"1"})", "seconds"},
                       {R"({"seconds":1})", "stall"},
                       {R"({"reset":1,"seconds":1})", "seconds"},
                       {R"({"bytes_per_second":0})", "bytes_per_second"},
                       {R"({"cut_upload":-1})", "cut_upload"},
                       {R"({"cut_upload":1,"stall":1,"seconds":1})", "stall"},
                       {R"({"status":503,"cuont":2})", "cuont"}}) {
    const Answer answer = http.send_json("POST", value("URL") + "faults", document);
    EXPECT_EQ(answer.status, 400) << document;
    EXPECT_NE(answer.text("error").find(name), std::string::npos) << document << answer.body;
  }
}
