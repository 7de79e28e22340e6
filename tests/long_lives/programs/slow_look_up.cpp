// SPDX-License-Identifier: Apache-2.0
// A process ends while a name is looked up that nobody answers for.
//
// usage: slow_look_up given-up|under-way
//   given-up   a blocking call and an asynchronous one have ended by their deadline
//   under-way  an asynchronous call is still waiting for the look-up when main returns
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <optional>
#include <string_view>

#include "long_lives/programs/life.hpp"
#include "support/slow_look_up.hpp"

namespace {

// in this order: the context outlives the client, and has the coroutine that waits
std::optional<boost::asio::io_context> context{std::in_place};

const globus_sdk::TransferClient client(globus_sdk::ClientOptions{
    .base_url = "http://a.slow.example:9/"});

boost::asio::awaitable<void> ask(globus_sdk::TransferClient transfer) {
  auto asking = transfer.async().get("/x");
  co_await std::move(asking);
  std::puts("answered: the request was not under way any more");
}

void expect_timeout(bool async) {
  const auto hurried = client.with({.deadline = std::chrono::milliseconds(200)});
  try {
    async ? globus_sdk_test::run_async(hurried.async().get("/x")) : hurried.get("/x");
  } catch (const globus_sdk::GlobusTimeoutError&) {
    return;
  }
  throw std::runtime_error("there was an answer");
}

}  // namespace

int main(int, char** arguments) {
  const std::string_view mode = arguments[1];
  return life::run([mode] {
    if (mode == "given-up") {
      expect_timeout(false);
      expect_timeout(true);
      return;
    }
    boost::asio::co_spawn(*context, ask(client), [](const std::exception_ptr&) {});
    context->poll();
    globus_sdk_test::SlowLookUps::all().await_one();
  });
}
