// SPDX-License-Identifier: Apache-2.0
// What docs/guide/errors.md shows beside its first program, compiled, and run where that sends
// nothing.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <globus_sdk/globus_sdk.hpp>
#include <iostream>
#include <sstream>
#include <stop_token>
#include <string>
#include <thread>

using namespace globus_sdk;

namespace {

const std::string collection_id = "11111111-1111-4111-8111-111111111111";

[[maybe_unused]] void read(const TransferClient& tc) {
  //! [read]
  try {
    tc.operation_mkdir(collection_id, "/data/new");
  } catch (const TransferAPIError& error) {
    if (error.code() == "ExternalError.MkdirFailed.Exists") return;  // it exists: that is fine, too
    for (const auto& one : error.errors()) std::cerr << one.code << ": " << one.detail << '\n';
    if (const auto wait = error.retry_after()) std::cerr << "in " << wait->count() << " s\n";
    throw;
  }
  //! [read]
}

TEST(ErrorsGuide, Retries) {
  //! [retries]
  const RetryConfig patient{.max_retries = 10,
                            .max_sleep = 1min,
                            .max_retry_after = 5min,
                            .transient_error_status_codes = std::vector{429, 502, 503, 504}};
  const TransferClient tc{ClientOptions{.retry_config = patient}};
  //! [retries]
  EXPECT_FALSE(tc.base_url().empty());
}

TEST(ErrorsGuide, ACheckOfOnesOwn) {
  //! [check]
  // do not repeat what the service answered with "too many requests"
  const auto give_way = [](const RetryContext& context) {
    const bool too_many = context.answer != nullptr && context.answer->status == 429;
    return too_many ? RetryCheckResult::do_not_retry : RetryCheckResult::no_decision;
  };
  const TransferClient tc{ClientOptions{.retry_config = RetryConfig{.checks = {give_way}}}};
  //! [check]
  const Answer too_many{.status = 429};
  const Answer busy{.status = 503};
  EXPECT_EQ(give_way({.answer = &too_many}), RetryCheckResult::do_not_retry);
  EXPECT_EQ(give_way({.answer = &busy}), RetryCheckResult::no_decision);
  EXPECT_FALSE(tc.base_url().empty());
}

[[maybe_unused]] void limits(const TransferClient& tc) {
  //! [limits]
  const auto quick = tc.with({.timeout = 5s, .deadline = 20s, .max_retries = 1});
  const auto patient = tc.with({.timeout = null, .deadline = null});
  //! [limits]
  quick.task_list();
  patient.task_list();
}

[[maybe_unused]] void end(const TransferClient& tc, std::chrono::system_clock::time_point job_end) {
  //! [end]
  const auto left = job_end - std::chrono::system_clock::now();
  const auto tc_of_job = tc.with({.deadline_at = std::chrono::steady_clock::now() + left});
  //! [end]
  tc_of_job.task_list();
}

TEST(ErrorsGuide, Stop) {
  const TransferClient tc{ClientOptions{.base_url = "http://127.0.0.1:9/"}};  // nobody is there
  std::string end = "none";
  //! [stop]
  std::jthread worker([tc, &end](const std::stop_token& stop) {
    const auto mine = tc.with({.stop = stop});
    try {
      while (true) mine.task_list();
    } catch (const CancelledError&) {
      end = "stopped";
    }
  });
  worker.request_stop();  // as the jthread's destructor does
  //! [stop]
  worker.join();
  EXPECT_EQ(end, "stopped");
}

TEST(ErrorsGuide, Log) {
  std::ostringstream log;
  //! [log]
  const Logger logger{.level = LogLevel::debug,
                      .callback = [&log](LogLevel, std::string_view line) { log << line << '\n'; }};
  const TransferClient tc{ClientOptions{.logger = logger}};
  //! [log]
  EXPECT_TRUE(logger.wants(LogLevel::debug));
}

}  // namespace
