// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <exception>
#include <optional>
#include <utility>

#include "globus_sdk/async.hpp"

namespace globus_sdk_test {

template <class T>
boost::asio::awaitable<void> store_result(boost::asio::awaitable<T> operation,
                                          std::optional<T>* result) {
  T value = co_await std::move(operation);
  result->emplace(std::move(value));
}

/// Runs one asynchronous operation to its end in this thread, and returns or throws what it does.
template <class T> T run_async(boost::asio::awaitable<T> operation) {
  boost::asio::io_context context;
  std::optional<T> result;
  std::exception_ptr failure;
  boost::asio::co_spawn(context, store_result(std::move(operation), &result),
                        [&failure](std::exception_ptr thrown) { failure = std::move(thrown); });
  context.run();
  if (failure) std::rethrow_exception(failure);
  return std::move(*result);
}

}  // namespace globus_sdk_test
