// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/asio/awaitable.hpp>
#include <chrono>
#include <functional>

namespace data_service {

/// How a service ends after SIGTERM or SIGINT.
struct GracefulStop {
  /// No more work is taken from now on.
  std::function<void()> take_no_more{};
  /// Whether nothing is running any more.
  std::function<bool()> is_done{};
  /// Ends what is still running after `stop_within`.
  std::function<void()> hand_back{};
  std::chrono::seconds stop_within{};
  /// Stops the io_context.
  std::function<void()> end{};
};

/// Waits for the signal, and then stops in that order; after `hand_back` for 5 s at most. Then it
/// calls `end`. A second signal ends the process at once.
boost::asio::awaitable<void> stop_on_signal(GracefulStop how);

/// Tells the service manager that the thread of the io_context goes round, as often as it asks for.
boost::asio::awaitable<void> feed_watchdog();

}  // namespace data_service
