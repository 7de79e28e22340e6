// SPDX-License-Identifier: Apache-2.0
// What a tracer is told of calls and their attempts.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <stop_token>

#include "globus_sdk/authorizers/access_token_authorizer.hpp"
#include "globus_sdk/core/errors.hpp"
#include "globus_sdk/core/literals.hpp"
#include "support/plain_client.hpp"
#include "support/recording_tracer.hpp"
#include "support/simulated_mode.hpp"

namespace globus_sdk {
namespace {

using Client = globus_sdk_test::BasicPlainClient<Simulated>;
using globus_sdk_test::RecordingTracer;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

class CallSpans : public testing::Test {
 protected:
  Client client(std::deque<detail::Outcome> outcomes, ClientOptions options = {}) {
    options.base_url = "https://simulated.example:8443/v1";
    options.tracer = tracer;
    auto [connection, made] =
        simulate(detail::service_of<globus_sdk_test::PlainClient>,
                 std::make_shared<AccessTokenAuthorizer>("secret-token"), options);
    simulation = made;
    simulation->answer = in_turn(std::move(outcomes));
    return Client(connection);
  }

  std::shared_ptr<RecordingTracer> tracer = std::make_shared<RecordingTracer>();
  std::shared_ptr<Simulation> simulation;
};

detail::Outcome failure(NetworkFailure::Kind kind) {
  return NetworkFailure{kind, "the network failed with secret-token", false};
}

TEST_F(CallSpans, AreACallAndItsAttempt) {
  client({simulated_answer(200)}).get("/x", {.query_params = {{"a", "b"}}});
  const auto spans = tracer->spans();
  ASSERT_EQ(spans.size(), 2U);
  const auto& call = spans[0];
  EXPECT_EQ(call.kind, SpanKind::call);
  EXPECT_EQ(call.name, std::string(detail::service_of<globus_sdk_test::PlainClient>.name) + " GET");
  EXPECT_EQ(call.text("http.request.method"), "GET");
  EXPECT_EQ(call.number("http.response.status_code"), 200);
  EXPECT_EQ(call.number("globus.attempts"), 1);
  EXPECT_EQ(call.text("error.type"), "");
  EXPECT_EQ(call.ends, 1);
  const auto& attempt = spans[1];
  EXPECT_EQ(attempt.kind, SpanKind::attempt);
  EXPECT_EQ(attempt.name, "GET");
  EXPECT_EQ(attempt.parent, call.id);
  EXPECT_EQ(attempt.text("server.address"), "simulated.example");
  EXPECT_EQ(attempt.number("server.port"), 8443);
  EXPECT_EQ(attempt.text("url.full"), "https://simulated.example:8443/v1/x?a=b");
  EXPECT_EQ(attempt.number("http.response.status_code"), 200);
  EXPECT_FALSE(attempt.has("http.request.resend_count"));
  EXPECT_EQ(attempt.ends, 1);
}

TEST_F(CallSpans, TellEachAttemptAndEachPause) {
  client({simulated_answer(503), failure(NetworkFailure::Kind::timeout), simulated_answer(200)})
      .get("/x");
  const auto spans = tracer->spans();
  ASSERT_EQ(spans.size(), 4U);
  EXPECT_THAT(spans[0].events, ElementsAre("retry 500", "retry 1000"));
  EXPECT_EQ(spans[0].number("globus.attempts"), 3);
  EXPECT_EQ(spans[1].text("error.type"), "503");
  EXPECT_EQ(spans[2].text("error.type"), "GlobusTimeoutError");
  EXPECT_FALSE(spans[2].has("http.response.status_code"));
  EXPECT_EQ(spans[2].number("http.request.resend_count"), 1);
  EXPECT_EQ(spans[3].number("http.request.resend_count"), 2);
  for (const auto& span : spans) EXPECT_EQ(span.ends, 1);
}

TEST_F(CallSpans, SendTheContextOfEachAttemptOnce) {
  client({simulated_answer(503), simulated_answer(200)}).get("/x");
  for (std::size_t i = 0; i < 2; ++i) {
    std::vector<std::string> sent;
    for (const auto& line : simulation->requests.at(i).header_lines)
      if (line.starts_with("trace")) sent.push_back(line);
    const std::string id = std::to_string(tracer->spans().at(i + 1).id);
    EXPECT_THAT(sent, ElementsAre("traceparent: 00-" + id, "tracestate: a=" + id));
  }
}

TEST_F(CallSpans, SendNothingThatIsNoHeader) {
  tracer->traceparent = "00-a\r\nX-Evil: 1";
  client({simulated_answer(200)}).get("/x");
  EXPECT_THAT(simulation->requests.at(0).header_lines, Not(Contains(HasSubstr("Evil"))));
}

TEST_F(CallSpans, SayHowACallFailed) {
  const auto type = [&](std::deque<detail::Outcome> outcomes) {
    tracer->clear();
    EXPECT_THROW(client(std::move(outcomes)).with({.max_retries = 0}).get("/x"), GlobusError);
    EXPECT_EQ(tracer->spans().at(0).ends, 1);
    return tracer->spans().at(0).text("error.type");
  };
  EXPECT_EQ(type({simulated_answer(404)}), "404");
  EXPECT_EQ(type({failure(NetworkFailure::Kind::connection)}), "GlobusConnectionError");
  EXPECT_EQ(type({failure(NetworkFailure::Kind::certificate)}), "GlobusConnectionError");
  EXPECT_EQ(type({failure(NetworkFailure::Kind::connection_timeout)}),
            "GlobusConnectionTimeoutError");
  EXPECT_EQ(type({failure(NetworkFailure::Kind::deadline)}), "GlobusTimeoutError");
  EXPECT_EQ(type({failure(NetworkFailure::Kind::cancelled)}), "CancelledError");
  EXPECT_EQ(type({failure(NetworkFailure::Kind::response_too_large)}), "NetworkError");
}

TEST_F(CallSpans, TellOfACallThatSendsNothing) {
  std::stop_source stop;
  stop.request_stop();
  EXPECT_THROW(client({simulated_answer(500)}).with({.stop = stop.get_token()}).get("/x"),
               GlobusError);
  const auto spans = tracer->spans();
  EXPECT_EQ(spans.at(0).ends, 1);
  EXPECT_NE(spans.at(0).text("error.type"), "");
}

TEST_F(CallSpans, HaveNoSecret) {
  auto mine = client({failure(NetworkFailure::Kind::connection), simulated_answer(500),
                      simulated_answer(403, R"({"message": "secret-token"})")});
  EXPECT_THROW(mine.get("/x/secret-token", {.query_params = {{"access_token", "other-secret"},
                                                             {"code", "a-secret-code"},
                                                             {"a", "secret-token"}}}),
               GlobusAPIError);
  EXPECT_THAT(tracer->everything(), Not(HasSubstr("secret")));
  EXPECT_THAT(tracer->everything(), HasSubstr("access_token=***"));
}

TEST_F(CallSpans, AreNoCallsOfTheirFaults) {
  tracer->throws = true;
  EXPECT_EQ(client({simulated_answer(503), simulated_answer(200)}).get("/x").http_status(), 200);
  tracer->throws = false;
  tracer->spans_throw = true;
  EXPECT_EQ(client({simulated_answer(503), simulated_answer(200)}).get("/x").http_status(), 200);
  tracer->spans_throw = false;
  tracer->gives_null = true;
  EXPECT_EQ(client({simulated_answer(503), simulated_answer(200)}).get("/x").http_status(), 200);
  EXPECT_THROW(client({simulated_answer(404)}).get("/x"), GlobusAPIError);
}

TEST_F(CallSpans, OfAClientWithOtherSettingsAreTold) {
  client({simulated_answer(200)}).with({.max_retries = 1}).get("/x");
  EXPECT_EQ(tracer->spans().size(), 2U);
}

}  // namespace
}  // namespace globus_sdk
