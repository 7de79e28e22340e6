// SPDX-License-Identifier: Apache-2.0
// A thousand paths at once, on one thread
//
//     async_stat < FILE_WITH_A_PATH_ON_EACH_LINE
//
// Asks for all of the paths' documents at the same time and says how many are there, and how large
// they are together. The answers come in on one thread, so nothing here needs a lock.
//! [program]
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <chrono>
#include <cstdint>
#include <globus_sdk/async.hpp>
#include <globus_sdk/globus_sdk.hpp>
#include <iostream>
#include <memory>
#include <string>

#include "environment.hpp"

using namespace globus_sdk;
using AsyncTransferClient = BasicTransferClient<Async>;

namespace {

struct Totals {
  int found = 0;
  int missing = 0;
  std::int64_t bytes = 0;
};

boost::asio::awaitable<void> add_path(AsyncTransferClient tc, std::string collection_id,
                                      std::string path, std::shared_ptr<Totals> totals) {
  // named before the co_await, as g++ needs it
  const OperationStatOptions options{.path = path};
  try {
    const auto file = co_await tc.operation_stat(collection_id, options);
    ++totals->found;
    totals->bytes += file["size"].as<std::int64_t>();
  } catch (const TransferAPIError& error) {
    if (error.http_status() != 404) throw;
    ++totals->missing;
  }
}

/// Called when a coroutine has ended. Its exception, if any, leaves io_context::run().
void pass_on(std::exception_ptr error) {
  if (error) std::rethrow_exception(error);
}

}  // namespace

int main() try {
  const TransferClient tc{
      AccessTokenAuthorizer{examples::environment("GLOBUS_SANDBOX_TRANSFER_TOKEN")}};
  const auto collection_id = examples::environment("GLOBUS_SANDBOX_COLLECTION_SOURCE");

  boost::asio::io_context io;
  const auto totals = std::make_shared<Totals>();
  for (std::string path; std::getline(std::cin, path);)
    boost::asio::co_spawn(io, add_path(tc.async(), collection_id, path, totals), pass_on);

  const auto begin = std::chrono::steady_clock::now();
  io.run();
  const std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - begin;

  std::cout << totals->found << " found, " << totals->missing << " missing, " << totals->bytes
            << " bytes\n";
  std::cerr << elapsed.count() << " s\n";
} catch (const std::exception& error) {
  std::cerr << error.what() << '\n';
  return 1;
}
//! [program]
