// SPDX-License-Identifier: Apache-2.0
// How late a call ends whose limit comes while name servers are silent: by each kind of limit, in
// both modes. The bare side has libcurl's own time-out, and does not wait for the look-up either.
#include <curl/curl.h>

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <chrono>
#include <cstdio>
#include <exception>
#include <functional>
#include <globus_sdk/async.hpp>
#include <globus_sdk/globus_sdk.hpp>
#include <stdexcept>
#include <stop_token>
#include <string>
#include <thread>

#include "measure.hpp"
#include "tests/support/slow_look_up.hpp"

namespace {

using namespace globus_sdk;
using globus_bench::Figures;
using Clock = std::chrono::steady_clock;

constexpr std::chrono::milliseconds limit{200};
constexpr const char* slow_url = "https://a.slow.example:9/";

/// How long after the limit a call ends, in seconds.
double lateness(const std::function<void()>& call) {
  const auto begun = Clock::now();
  call();
  return std::chrono::duration<double>(Clock::now() - begun - limit).count();
}

/// Whose call ends by an error, which it has to.
void expect_end(const std::function<void()>& call) {
  try {
    call();
  } catch (const NetworkError&) {
    return;
  } catch (const CancelledError&) {
    return;
  }
  throw std::runtime_error("the call did not end with its limit");
}

void call_blocking(const TransferClient& client) {
  expect_end([&] { client.get_task(globus_bench::short_task); });
}

boost::asio::awaitable<void> ask(BasicTransferClient<Async> client) {
  co_await client.get_task(globus_bench::short_task);
}

void call_async(const TransferClient& client) {
  expect_end([&] {
    boost::asio::io_context context;
    boost::asio::co_spawn(context, ask(client.async()), [](std::exception_ptr error) {
      if (error) std::rethrow_exception(error);
    });
    context.run();
  });
}

using Call = void (*)(const TransferClient& client);

double with_a_stop(const TransferClient& client, Call call) {
  std::stop_source source;
  const TransferClient stoppable = client.with({.stop = source.get_token()});
  const std::jthread stopper([&source] {
    std::this_thread::sleep_for(limit);
    source.request_stop();
  });
  return lateness([&] { call(stoppable); });
}

double worst_of_the_sdk() {
  const TransferClient client{AccessTokenAuthorizer{globus_bench::token}, {.base_url = slow_url}};
  const TransferClient by_deadline = client.with({.deadline = limit});
  const TransferClient by_timeout = client.with({.timeout = limit, .max_retries = 0});
  double worst = 0;
  for (const Call call : {&call_blocking, &call_async}) {
    worst = std::max(worst, lateness([&] { call(by_deadline); }));
    worst = std::max(worst, lateness([&] { call(by_timeout); }));
    worst = std::max(worst, with_a_stop(client, call));
  }
  return worst;
}

double worst_of_libcurl() {
  double worst = 0;
  for (int call = 0; call < 6; ++call) {
    worst =
        std::max(worst, lateness([] {
                   CURL* const handle = curl_easy_init();
                   curl_easy_setopt(handle, CURLOPT_URL, slow_url);
                   curl_easy_setopt(handle, CURLOPT_NOSIGNAL, 1L);
                   curl_easy_setopt(handle, CURLOPT_QUICK_EXIT, 1L);
                   curl_easy_setopt(handle, CURLOPT_TIMEOUT_MS, static_cast<long>(limit.count()));
                   curl_easy_perform(handle);
                   curl_easy_cleanup(handle);
                 }));
  }
  return worst;
}

}  // namespace

int main(int count, char** values) {
  try {
    const auto arguments = globus_bench::read_arguments(count, values);
    const auto worst = arguments.mode == "sdk" ? &worst_of_the_sdk : &worst_of_libcurl;
    double late = 0;
    Figures figures = globus_bench::measure(1, [&] {
      late = worst();
      return std::string("ended");
    });
    figures.seconds = late;
    print(figures);
    std::fflush(stdout);
    std::_Exit(0);  // nobody waits for the look-ups
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 1;
  }
}
