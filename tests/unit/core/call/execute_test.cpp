// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <stop_token>

#include "core/call/authorization_helper.hpp"
#include "globus_sdk/authorizers/access_token_authorizer.hpp"
#include "globus_sdk/authorizers/renewing_authorizer.hpp"
#include "globus_sdk/core/errors.hpp"
#include "globus_sdk/core/literals.hpp"
#include "support/plain_client.hpp"
#include "support/simulated_mode.hpp"

namespace globus_sdk {
namespace {

using Client = globus_sdk_test::BasicPlainClient<Simulated>;
using std::chrono::milliseconds;

struct World {
  Client client;
  std::shared_ptr<Simulation> simulation;
};

World world(std::deque<detail::Outcome> outcomes, const ClientOptions& options = {},
            std::shared_ptr<const GlobusAuthorizer> authorizer = nullptr) {
  ClientOptions with_url = options;
  if (!with_url.base_url) with_url.base_url = "https://simulated.example/";
  auto [connection, simulation] =
      simulate(detail::service_of<globus_sdk_test::PlainClient>, std::move(authorizer), with_url);
  simulation->answer = in_turn(std::move(outcomes));
  return {Client(connection), simulation};
}

detail::Outcome failure(NetworkFailure::Kind kind, bool surely_not_processed = false) {
  return NetworkFailure{kind, "the network failed", surely_not_processed};
}

/// Waits for a token until the call's limits end the wait.
class WaitingAuthorizer : public GlobusAuthorizer {
 public:
  std::string get_authorization_header(const CallLimits& limits) const override {
    detail::throw_wait_ended(limits);
  }
};

TEST(Execute, ReturnsTheAnswer) {
  auto [client, simulation] = world({simulated_answer(200, R"({"a": "b"})")});
  EXPECT_EQ(client.get("/x")["a"], "b");
  ASSERT_EQ(simulation->requests.size(), 1u);
  EXPECT_EQ(simulation->requests[0].url, "https://simulated.example/x");
  EXPECT_TRUE(simulation->sleeps.empty());
}

TEST(Execute, RepeatsAGetUntilItWorks) {
  auto [client, simulation] = world({simulated_answer(503), failure(NetworkFailure::Kind::timeout),
                                     simulated_answer(500), simulated_answer(200)});
  EXPECT_EQ(client.get("/x").http_status(), 200);
  EXPECT_EQ(simulation->requests.size(), 4u);
  // (0.25 + 0.5 * 0.5) * 2^attempt seconds
  EXPECT_EQ(simulation->sleeps,
            (std::vector<milliseconds>{milliseconds(500), milliseconds(1000), milliseconds(2000)}));
}

TEST(Execute, GivesUpAfterFiveRetriesWithTheLastError) {
  auto [client, simulation] = world({simulated_answer(500, R"({"code": "Oh", "message": "no"})")});
  try {
    client.get("/x");
    FAIL() << "no exception";
  } catch (const GlobusAPIError& error) {
    EXPECT_EQ(error.http_status(), 500);
    EXPECT_EQ(error.code(), "Oh");
  }
  EXPECT_EQ(simulation->requests.size(), 6u);
  EXPECT_EQ(simulation->sleeps.back(), milliseconds(8000));
}

TEST(Execute, NeverSleepsLongerThanMaxSleep) {
  RetryConfig config;
  config.max_retries = 8;
  ClientOptions options;
  options.retry_config = config;
  auto [client, simulation] = world({simulated_answer(502)}, options);
  EXPECT_THROW(client.get("/x"), GlobusAPIError);
  EXPECT_EQ(simulation->sleeps.back(), milliseconds(10000));
}

TEST(Execute, DoesNotRepeatWhatIsNotTransient) {
  for (const int status : {400, 403, 404, 409, 422, 501}) {
    auto [client, simulation] = world({simulated_answer(status)});
    EXPECT_THROW(client.get("/x"), GlobusAPIError);
    EXPECT_EQ(simulation->requests.size(), 1u) << status;
  }
}

TEST(Execute, DoesNotRepeatAPostThatMayHaveBeenProcessed) {
  const std::vector<detail::Outcome> outcomes{simulated_answer(500),
                                              simulated_answer(502),
                                              simulated_answer(504),
                                              simulated_answer(503),
                                              failure(NetworkFailure::Kind::connection),
                                              failure(NetworkFailure::Kind::timeout)};
  for (const detail::Outcome& outcome : outcomes) {
    auto [client, simulation] = world({outcome});
    EXPECT_THROW(client.post("/x"), GlobusError);
    EXPECT_THROW(client.patch("/x"), GlobusError);
    EXPECT_EQ(simulation->requests.size(), 2u);
  }
}

TEST(Execute, RepeatsAPostThatSurelyWasNotProcessed) {
  const std::vector<detail::Outcome> outcomes{
      simulated_answer(429), simulated_answer(503, "", {{"Retry-After", "1"}}),
      failure(NetworkFailure::Kind::connection, true),
      failure(NetworkFailure::Kind::connection_timeout, true)};
  for (const detail::Outcome& outcome : outcomes) {
    auto [client, simulation] = world({outcome, simulated_answer(200)});
    EXPECT_EQ(client.post("/x").http_status(), 200);
    EXPECT_EQ(simulation->requests.size(), 2u);
  }
}

TEST(Execute, RepeatsPutAndDelete) {
  auto [client, simulation] = world({simulated_answer(500), simulated_answer(200)});
  EXPECT_EQ(client.put("/x").http_status(), 200);
  auto [other, other_simulation] = world({simulated_answer(500), simulated_answer(200)});
  EXPECT_EQ(other.delete_("/x").http_status(), 200);
}

TEST(Execute, HonoursRetryAfterInFull) {
  auto [client, simulation] =
      world({simulated_answer(429, "", {{"Retry-After", "37"}}), simulated_answer(200)});
  client.get("/x");
  EXPECT_EQ(simulation->sleeps, std::vector<milliseconds>{milliseconds(37000)});
}

TEST(Execute, HonoursRetryAfterAsADate) {
  auto [client, simulation] =
      world({simulated_answer(503, "", {{"Retry-After", "Thu, 01 Jan 2026 00:00:20 GMT"}}),
             simulated_answer(200)});
  client.get("/x");
  EXPECT_EQ(simulation->sleeps, std::vector<milliseconds>{milliseconds(20000)});
}

TEST(Execute, ARetryAfterNeverShortensTheBackoff) {
  const std::vector<const char*> no_wait{
      "0",
      "Wed, 31 Dec 2025 23:59:00 GMT",  // the service's clock is behind
      "Thu, 01 Jan 2026 00:00:00 GMT",
  };
  for (const char* text : no_wait) {
    auto [client, simulation] = world({simulated_answer(503, "", {{"Retry-After", text}})});
    EXPECT_THROW(client.get("/x"), GlobusAPIError);
    EXPECT_EQ(simulation->sleeps,
              (std::vector<milliseconds>{milliseconds(500), milliseconds(1000), milliseconds(2000),
                                         milliseconds(4000), milliseconds(8000)}))
        << text;
  }
}

TEST(Execute, AShortRetryAfterIsLengthenedByTheBackoff) {
  auto [client, simulation] = world({simulated_answer(429, "", {{"Retry-After", "3"}})});
  EXPECT_THROW(client.get("/x"), GlobusAPIError);
  EXPECT_EQ(simulation->sleeps,
            (std::vector<milliseconds>{milliseconds(3000), milliseconds(3000), milliseconds(3000),
                                       milliseconds(4000), milliseconds(8000)}));
}

TEST(Execute, ThrowsAtOnceWhenRetryAfterIsTooLong) {
  auto [client, simulation] = world({simulated_answer(429, "{}", {{"Retry-After", "61"}})});
  try {
    client.get("/x");
    FAIL() << "no exception";
  } catch (const GlobusAPIError& error) {
    ASSERT_TRUE(error.retry_after());
    EXPECT_EQ(error.retry_after()->count(), 61);
  }
  EXPECT_EQ(simulation->requests.size(), 1u);
}

TEST(Execute, NeverBeginsARetryThatTheDeadlineWouldCut) {
  auto [client, simulation] = world({simulated_answer(500)});
  const auto limited = client.with({.deadline = 1200ms});
  EXPECT_THROW(limited.get("/x"), GlobusAPIError);
  // 0.5 s fits in 1.2 s, 1 s more does not
  EXPECT_EQ(simulation->sleeps, std::vector<milliseconds>{milliseconds(500)});
}

std::chrono::steady_clock::time_point at(milliseconds since_the_beginning) {
  return std::chrono::steady_clock::time_point(since_the_beginning);
}

TEST(Execute, ADeadlineAtIsOneEndForAllCalls) {
  auto [client, simulation] = world({simulated_answer(200)});
  simulation->round_trip = 400ms;
  const auto limited = client.with({.deadline_at = at(1s)});
  limited.get("/x");
  limited.get("/x");
  EXPECT_THROW(limited.get("/x"), GlobusTimeoutError);
  EXPECT_EQ(simulation->clock, 1s);
  EXPECT_EQ(simulation->requests.size(), 3u);
  try {
    limited.get("/x");
    FAIL() << "no exception";
  } catch (const GlobusTimeoutError& error) {
    EXPECT_TRUE(error.surely_not_processed());
    EXPECT_EQ(std::string(error.what()),
              "GET https://simulated.example/x: the call's deadline passed");
  }
  EXPECT_EQ(simulation->requests.size(), 3u) << "nothing is sent past the end";
  EXPECT_EQ(limited.with({.deadline_at = null}).get("/x").http_status(), 200);
}

TEST(Execute, TheEarlierOfDeadlineAndDeadlineAtCounts) {
  for (const auto& [deadline, deadline_at] :
       {std::pair(1s, 5s), std::pair(5s, 1s), std::pair(1s, 1s)}) {
    auto [client, simulation] = world({simulated_answer(200)});
    simulation->round_trip = 10s;
    const CallSettings both{.deadline = deadline, .deadline_at = at(deadline_at)};
    EXPECT_THROW(client.with(both).get("/x"), GlobusTimeoutError);
    EXPECT_EQ(simulation->clock, 1s);
  }
}

TEST(Execute, NoRetryBeginsThatADeadlineAtWouldCut) {
  auto [client, simulation] = world({simulated_answer(500)});
  const auto limited = client.with({.deadline_at = at(1200ms)});
  EXPECT_THROW(limited.get("/x"), GlobusAPIError);
  EXPECT_EQ(simulation->sleeps, std::vector<milliseconds>{milliseconds(500)});
}

TEST(Execute, NobodyIsAskedForATokenPastTheEnd) {
  auto [client, simulation] =
      world({simulated_answer(200)}, {}, std::make_shared<WaitingAuthorizer>());
  simulation->clock = 2s;
  try {
    client.with({.deadline_at = at(1s)}).get("/x");
    FAIL() << "no exception";
  } catch (const GlobusTimeoutError& error) {
    EXPECT_EQ(std::string(error.what()),
              "GET https://simulated.example/x: the call's deadline passed");
  }
}

TEST(Execute, ADeadlineBeyondTheClockIsNone) {
  auto [client, simulation] = world({simulated_answer(200)});
  EXPECT_EQ(client.with({.deadline = milliseconds::max()}).get("/x").http_status(), 200);
}

TEST(Execute, MaxRetriesOfWith) {
  auto [client, simulation] = world({simulated_answer(500)});
  EXPECT_THROW(client.with({.max_retries = 0}).get("/x"), GlobusAPIError);
  EXPECT_EQ(simulation->requests.size(), 1u);
}

TEST(Execute, AStopEndsTheBackoff) {
  auto [client, simulation] = world({simulated_answer(500)});
  std::stop_source source;
  simulation->answer = [&source](const detail::OutgoingRequest&) {
    source.request_stop();
    return simulated_answer(500);
  };
  EXPECT_THROW(client.with({.stop = source.get_token()}).get("/x"), CancelledError);
  EXPECT_EQ(simulation->requests.size(), 1u);
}

TEST(Execute, UsersChecksDecideFirst) {
  RetryConfig config;
  config.checks.push_back([](const RetryContext& context) {
    if (context.answer == nullptr) return RetryCheckResult::no_decision;
    if (context.answer->status == 409) return RetryCheckResult::do_retry;
    return context.answer->status == 500 ? RetryCheckResult::do_not_retry
                                         : RetryCheckResult::no_decision;
  });
  ClientOptions options;
  options.retry_config = config;
  auto [client, simulation] =
      world({simulated_answer(409), simulated_answer(503), simulated_answer(500)}, options);
  EXPECT_THROW(client.get("/x"), GlobusAPIError);
  EXPECT_EQ(simulation->requests.size(), 3u);
}

/// Gives `Bearer 1`, then `Bearer 2`, ...
class CountingAuthorizer : public GlobusAuthorizer {
 public:
  std::string get_authorization_header(const CallLimits&) const override {
    return "Bearer token-" + std::to_string(*number_);
  }
  bool handle_missing_authorization(std::string_view rejected) const override {
    EXPECT_EQ(rejected, "Bearer token-" + std::to_string(*number_));
    ++*number_;
    return *number_ <= 3;
  }

 private:
  std::shared_ptr<int> number_ = std::make_shared<int>(1);
};

TEST(Execute, A401LeadsToOneNewAuthorizationWithoutSleepOrRetry) {
  auto [client, simulation] = world({simulated_answer(401), simulated_answer(200)}, {},
                                    std::make_shared<CountingAuthorizer>());
  client.with({.max_retries = 0}).get("/x");
  ASSERT_EQ(simulation->requests.size(), 2u);
  EXPECT_EQ(simulation->requests[0].authorization, "Bearer token-1");
  EXPECT_EQ(simulation->requests[1].authorization, "Bearer token-2");
  EXPECT_TRUE(simulation->sleeps.empty());
}

TEST(Execute, ASecond401IsFinal) {
  auto [client, simulation] =
      world({simulated_answer(401)}, {}, std::make_shared<CountingAuthorizer>());
  EXPECT_THROW(client.get("/x"), GlobusAPIError);
  EXPECT_EQ(simulation->requests.size(), 2u);
}

TEST(Execute, A401AfterARetryStillLeadsToANewAuthorization) {
  auto [client, simulation] =
      world({simulated_answer(500), simulated_answer(401), simulated_answer(200)}, {},
            std::make_shared<CountingAuthorizer>());
  EXPECT_EQ(client.get("/x").http_status(), 200);
  EXPECT_EQ(simulation->requests.size(), 3u);
  EXPECT_EQ(simulation->sleeps.size(), 1u);
}

TEST(Execute, A401ToAPostIsSentAgainToo) {
  auto [client, simulation] = world({simulated_answer(401), simulated_answer(200)}, {},
                                    std::make_shared<CountingAuthorizer>());
  EXPECT_EQ(client.post("/x").http_status(), 200);
}

TEST(Execute, A401ToAPlainAccessTokenIsFinal) {
  auto [client, simulation] =
      world({simulated_answer(401)}, {}, std::make_shared<AccessTokenAuthorizer>("t"));
  EXPECT_THROW(client.get("/x"), GlobusAPIError);
  EXPECT_EQ(simulation->requests.size(), 1u);
}

TEST(Execute, ErrorsOfTheNetworkHaveTheirClasses) {
  RetryConfig config;
  config.max_retries = 0;
  ClientOptions options;
  options.retry_config = config;
  EXPECT_THROW(world({failure(NetworkFailure::Kind::connection)}, options).client.get("/x"),
               GlobusConnectionError);
  EXPECT_THROW(world({failure(NetworkFailure::Kind::timeout)}, options).client.get("/x"),
               GlobusTimeoutError);
  EXPECT_THROW(world({failure(NetworkFailure::Kind::connection_timeout)}, options).client.get("/x"),
               GlobusConnectionTimeoutError);
  EXPECT_THROW(world({failure(NetworkFailure::Kind::response_too_large)}, options).client.get("/x"),
               NetworkError);
}

TEST(Execute, AWaitForAuthorizationThatIsCutNamesTheCall) {
  auto [client, simulation] =
      world({simulated_answer(200)}, {}, std::make_shared<WaitingAuthorizer>());
  try {
    client.with({.deadline = 1s}).get("/x", {.query_params = {{"access_token", "secret-token"}}});
    FAIL() << "no exception";
  } catch (const GlobusTimeoutError& error) {
    EXPECT_EQ(std::string(error.what()),
              "GET https://simulated.example/x?access_token=***: the call's deadline passed while "
              "it waited for a login, a renewal or a look-up");
    EXPECT_EQ(error.method(), "GET");
    EXPECT_EQ(error.url(), "https://simulated.example/x?access_token=***");
  }
  std::stop_source source;
  source.request_stop();
  try {
    client.with({.stop = source.get_token()}).get("/x");
    FAIL() << "no exception";
  } catch (const CancelledError& error) {
    EXPECT_EQ(std::string(error.what()),
              "GET https://simulated.example/x: stop was requested while the call waited for a "
              "login, a renewal or a look-up");
  }
}

TEST(Execute, AWaitForAuthorizationAloneSaysWhatEndedIt) {
  try {
    detail::throw_wait_ended({});
    FAIL() << "no exception";
  } catch (const GlobusTimeoutError& error) {
    EXPECT_TRUE(std::string(error.what()).starts_with("the call's deadline passed"));
  }
}

TEST(Execute, NoBearerTokenOverPlainHttp) {
  ClientOptions options;
  options.base_url = "http://example.org/";
  auto [client, simulation] = world({simulated_answer(200)}, options,
                                    std::make_shared<AccessTokenAuthorizer>("secret-token"));
  try {
    client.get("/x");
    FAIL() << "no exception";
  } catch (const GlobusSDKUsageError& error) {
    EXPECT_NE(std::string(error.what()).find("allow_plain_http"), std::string::npos);
    EXPECT_EQ(std::string(error.what()).find("secret-token"), std::string::npos);
  }
  EXPECT_TRUE(simulation->requests.empty());
}

TEST(Execute, ABearerTokenMayGoToLoopback) {
  for (const char* url : {"http://127.0.0.1:1/", "http://[::1]:1/", "http://localhost:1/"}) {
    ClientOptions options;
    options.base_url = url;
    auto [client, simulation] =
        world({simulated_answer(200)}, options, std::make_shared<AccessTokenAuthorizer>("t"));
    EXPECT_EQ(client.get("/x").http_status(), 200);
  }
}

TEST(Execute, LogsNoSecret) {
  std::string log;
  ClientOptions options;
  options.logger = Logger{LogLevel::debug, [&log](LogLevel, std::string_view line) {
                            log += line;
                            log += '\n';
                          }};
  auto [client, simulation] = world({simulated_answer(500), simulated_answer(200)}, options,
                                    std::make_shared<AccessTokenAuthorizer>("secret-token"));
  client.get("/x", {.query_params = {{"access_token", "secret-token"}, {"a", "secret-token"}}});
  EXPECT_NE(log.find("GET https://simulated.example/x"), std::string::npos);
  EXPECT_NE(log.find("sent again"), std::string::npos);
  EXPECT_EQ(log.find("secret-token"), std::string::npos) << log;
}

TEST(Execute, BadSettingsAreRefused) {
  auto [client, simulation] = world({simulated_answer(200)});
  EXPECT_THROW((void)client.with({.timeout = -1s}), GlobusSDKUsageError);
  EXPECT_THROW((void)client.with({.deadline = 0s}), GlobusSDKUsageError);
  EXPECT_THROW((void)client.with({.max_retries = -1}), GlobusSDKUsageError);
  ClientOptions options;
  options.base_url = "no url";
  EXPECT_THROW(globus_sdk_test::PlainClient{options}, GlobusSDKUsageError);
  options.base_url = "ftp://example.org/";
  EXPECT_THROW(globus_sdk_test::PlainClient{options}, GlobusSDKUsageError);
  options.base_url.reset();
  options.environment = "nowhere";
  EXPECT_THROW(globus_sdk_test::PlainClient{options}, GlobusSDKUsageError);
}

}  // namespace
}  // namespace globus_sdk
