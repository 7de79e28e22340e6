// SPDX-License-Identifier: Apache-2.0
// What g++ 12 and 13 would destroy twice inside a `co_await` expression.
//! 1 => NameTheOptionsBeforeCoAwait
//! 2 => NameThePayloadBeforeCoAwait
//! 3 => NameTheClientBeforeCoAwait
//! 4 => NameTheOptionsBeforeCoAwait
//! 5 => NameTheOptionsBeforeCoAwait
//! 6 => NameTheFunctionBeforeCoAwait
//! 7 => NameTheFunctionBeforeCoAwait
#include "globus_sdk/async.hpp"
#include "globus_sdk/collections/gcs_collection_client.hpp"
#include "globus_sdk/transfer/transfer_client.hpp"

#include <filesystem>
#include <span>
#include <string>
#include <vector>

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

boost::asio::awaitable<void> fetch(GCSCollectionClient client, std::filesystem::path folder) {
  const auto files = client.async();
  std::string text;
  const auto keep = [&text](std::span<const std::byte> bytes) {
    text.append(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  };
  std::vector<std::byte> memory;
  co_await files.download("/a", "a");
  co_await files.download("/a", std::string("a"));
  co_await files.download("/a", folder / "a");
  co_await files.download("/a", keep);
  co_await files.download("/a", memory);
#if MISTAKE == 6
  co_await files.download("/a", [&text](std::span<const std::byte>) { text += 'x'; });
#elif MISTAKE == 7
  co_await files.download("/a", DownloadTarget([text](std::span<const std::byte>) {}));
#endif
}
