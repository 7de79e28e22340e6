// SPDX-License-Identifier: Apache-2.0
// A client that is static goes when the process exits, after most of what it stands on was told to.
//
// usage: static_client early|late|in-flight
//   early      made before main, as a static object
//   late       made in main, in a static place: the libraries below were initialised later still,
//              and a static object's destructor makes a last call
//   in-flight  like early, and a request is under way on the I/O thread when main returns
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <optional>
#include <string_view>

#include "long_lives/programs/life.hpp"

namespace {

// in this order: the context outlives the client, and has the coroutine that waits
std::optional<boost::asio::io_context> context{std::in_place};
std::optional<globus_sdk::TransferClient> late_client;

/// What a program may want to say at its very end.
struct LastCall {
  ~LastCall() {
    if (!late_client) return;
    const int status = life::run([] {
      life::call(*late_client);
      life::call_async(*late_client);
      life::call(life::transfer_client());
    });
    if (status != 0) std::_Exit(status);
  }
};
const LastCall last_call;

const globus_sdk::TransferClient early_client = life::transfer_client();

boost::asio::awaitable<void> wait_for_answer(globus_sdk::TransferClient client) {
  auto listing = client.async().operation_ls(life::source());
  co_await std::move(listing);
  std::puts("answered: the request was not under way any more");
}

}  // namespace

int main(int, char** arguments) {
  const std::string_view mode = arguments[1];
  return life::run([mode] {
    if (mode == "late") late_client.emplace(life::transfer_client());
    const globus_sdk::TransferClient& client = mode == "late" ? *late_client : early_client;
    life::call(client);
    life::call_async(client);
    if (mode != "in-flight") return;
    std::puts("asking");
    std::fflush(stdout);
    // the sandbox is made to be slow now
    if (std::getchar() == EOF) throw std::runtime_error("no word from the test");
    boost::asio::co_spawn(*context, wait_for_answer(client), [](std::exception_ptr) {});
    context->run_for(std::chrono::milliseconds(150));
  });
}
