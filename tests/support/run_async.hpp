// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/asio/awaitable.hpp>
#include <optional>
#include <utility>

#include "globus_sdk/async.hpp"

namespace globus_sdk_test {

/// Runs an operation to its end in this thread, and throws what it throws.
void run_to_its_end(boost::asio::awaitable<void> operation);

template <class T>
boost::asio::awaitable<void> store_result(boost::asio::awaitable<T> operation,
                                          std::optional<T>* result) {
  T value = co_await std::move(operation);
  result->emplace(std::move(value));
}

/// Runs one asynchronous operation to its end in this thread, and returns or throws what it does.
template <class T> T run_async(boost::asio::awaitable<T> operation) {
  std::optional<T> result;
  run_to_its_end(store_result(std::move(operation), &result));
  return std::move(*result);
}

}  // namespace globus_sdk_test
