// SPDX-License-Identifier: Apache-2.0
// What docs/guide/async.md shows beside its first program, compiled.
#include <gtest/gtest.h>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_future.hpp>
#include <future>
#include <globus_sdk/async.hpp>
#include <globus_sdk/globus_sdk.hpp>
#include <iostream>
#include <string>

using namespace globus_sdk;

namespace {

//! [pages]
boost::asio::awaitable<int> count_tasks(TransferClient client) {
  const TaskListOptions options{.filter = Filter{{"status", "ACTIVE"}}};
  const auto pages = client.async().paginated().task_list(options);
  int tasks = 0;
  while (const auto task = co_await pages.next_item()) tasks += (*task)["files"].as<int>();
  co_return tasks;
}
//! [pages]

//! [future]
boost::asio::awaitable<std::string> status_of(BasicTransferClient<Async> tc, std::string task_id) {
  const auto task = co_await tc.get_task(task_id);
  co_return task["status"];
}

std::future<std::string> later(boost::asio::thread_pool& pool, const TransferClient& client,
                               const std::string& task_id) {
  return boost::asio::co_spawn(pool, status_of(client.async(), task_id), boost::asio::use_future);
}
//! [future]

TEST(AsyncGuide, GivesFutures) {
  boost::asio::thread_pool pool(1);
  const TransferClient nowhere{ClientOptions{.base_url = "http://127.0.0.1:1",
                                             .retry_config = RetryConfig{.max_retries = 0}}};
  EXPECT_THROW(later(pool, nowhere, "a-task").get(), GlobusConnectionError);
  pool.join();
}

TEST(AsyncGuide, LimitsTheClientOfEachUser) {
  const AccessTokenAuthorizer authorizer{"a token"};
  //! [limits]
  const Transport transport({.max_connections = 200, .io_threads = 2});
  const TransferClient of_a_user{authorizer,
                                 {.transport = transport, .max_concurrent_requests = 8}};
  //! [limits]
  EXPECT_NE(of_a_user.base_url(), "");
}

//! [payload]
boost::asio::awaitable<std::string> copy(TransferClient client, TransferData data) {
  const auto tc = client.async();
  const auto task = co_await tc.submit_transfer(data);  // `data` has a name
  const TaskWaitOptions patience{.timeout = 10min};
  co_await tc.task_wait(task["task_id"], patience);
  co_return task["task_id"];
}
//! [payload]

//! [settings]
boost::asio::awaitable<bool> exists(TransferClient client, std::string collection_id,
                                    std::string path) {
  const CallSettings settings{.deadline = 10s};
  const auto tc = client.async().with(settings);
  const OperationStatOptions options{.path = path};
  try {
    co_await tc.operation_stat(collection_id, options);
    co_return true;
  } catch (const TransferAPIError& error) {
    if (error.http_status() != 404) throw;
  }
  co_return false;
}
//! [settings]

TEST(AsyncGuide, IsNotRunWithoutAnExecutor) {
  boost::asio::io_context io;
  EXPECT_EQ(io.run(), 0U);
  EXPECT_NE(&count_tasks, nullptr);
  EXPECT_NE(&copy, nullptr);
  EXPECT_NE(&exists, nullptr);
}

}  // namespace
