// SPDX-License-Identifier: Apache-2.0
// What g++ 12 and 13 would destroy twice inside a `co_await` expression.
//! 1 => NameTheOptionsBeforeCoAwait
//! 2 => NameThePayloadBeforeCoAwait
//! 3 => NameTheClientBeforeCoAwait
//! 4 => NameTheOptionsBeforeCoAwait
//! 5 => NameTheOptionsBeforeCoAwait
#include "globus_sdk/async.hpp"
#include "globus_sdk/transfer/transfer_client.hpp"

using namespace globus_sdk;

boost::asio::awaitable<void> use(TransferClient client, TransferData data) {
  const CallSettings settings{.deadline = 10s};
  const OperationLsOptions options{.path = "/"};
  const auto tc = client.async().with(settings);
  co_await tc.operation_ls("id", options);
  const auto task = co_await client.async().submit_transfer(data);
  co_await client.async().get_task(task["task_id"]);
#if MISTAKE == 1
  co_await tc.operation_ls("id", {.path = "/"});
#elif MISTAKE == 2
  co_await tc.submit_transfer(TransferData{"a", "b", {.label = "x"}});
#elif MISTAKE == 3
  co_await client.with({.timeout = 5s}).async().get_task("id");
#elif MISTAKE == 4
  co_await client.async().with({.timeout = 5s}).get_task("id");
#elif MISTAKE == 5
  co_await tc.operation_ls("id", OperationLsOptions{.path = "/"});
#endif
}
