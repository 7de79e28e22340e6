// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/cancellation_state.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <chrono>
#include <exception>
#include <functional>
#include <utility>

namespace globus_sdk_test {

/// A coroutine that takes part in every kind of cancellation: by itself Asio lets through the
/// terminal one alone.
template <class T>
boost::asio::awaitable<void> open_to_cancellation(boost::asio::awaitable<T> operation) {
  co_await boost::asio::this_coro::reset_cancellation_state(
      boost::asio::enable_total_cancellation());
  co_await std::move(operation);
}

/// Runs an operation until it has come to the stage that is meant, and cancels it by Asio.
///
/// @param is_there whether it has come there.
/// @returns what it ends with, where it ends by an exception within 20 s; else nothing.
template <class T>
std::exception_ptr cancel_when(const std::function<bool()>& is_there,
                               boost::asio::awaitable<T> operation,
                               boost::asio::cancellation_type type) {
  constexpr std::chrono::milliseconds a_moment{5};
  const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(20);
  boost::asio::io_context context;
  boost::asio::cancellation_signal signal;
  bool has_ended = false;
  std::exception_ptr failure;
  boost::asio::co_spawn(
      context, open_to_cancellation(std::move(operation)),
      boost::asio::bind_cancellation_slot(signal.slot(), [&](const std::exception_ptr& thrown) {
        has_ended = true;
        failure = thrown;
      }));
  while (!has_ended && !is_there() && std::chrono::steady_clock::now() < until)
    context.run_for(a_moment);
  signal.emit(type);
  while (!has_ended && std::chrono::steady_clock::now() < until) context.run_for(a_moment);
  return failure;
}

}  // namespace globus_sdk_test
