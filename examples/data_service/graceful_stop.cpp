// SPDX-License-Identifier: Apache-2.0
#include "data_service/graceful_stop.hpp"

#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <csignal>

#include "data_service/service_manager.hpp"

namespace data_service {

namespace asio = boost::asio;
using namespace std::chrono_literals;

namespace {

asio::awaitable<void> wait_until(std::function<bool()> is_done, std::chrono::seconds at_most) {
  asio::steady_timer timer(co_await asio::this_coro::executor);
  const auto end = std::chrono::steady_clock::now() + at_most;
  while (!is_done() && std::chrono::steady_clock::now() < end) {
    timer.expires_after(20ms);
    co_await timer.async_wait(asio::use_awaitable);
  }
}

}  // namespace

asio::awaitable<void> stop_on_signal(GracefulStop how) {
  asio::signal_set signals(co_await asio::this_coro::executor, SIGTERM, SIGINT);
  co_await signals.async_wait(asio::use_awaitable);
  signals.clear();  // the next one does what signals do by themselves

  how.take_no_more();
  notify_service_manager("STOPPING=1");
  auto finishing = wait_until(how.is_done, how.stop_within);
  co_await std::move(finishing);
  if (!how.is_done()) {
    how.hand_back();
    auto handing_back = wait_until(how.is_done, 5s);
    co_await std::move(handing_back);
  }
  how.end();
}

asio::awaitable<void> feed_watchdog() {
  const auto interval = watchdog_interval();
  if (!interval) co_return;
  asio::steady_timer timer(co_await asio::this_coro::executor);
  for (;;) {
    notify_service_manager("WATCHDOG=1");
    timer.expires_after(*interval);
    co_await timer.async_wait(asio::use_awaitable);
  }
}

}  // namespace data_service
