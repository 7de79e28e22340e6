// SPDX-License-Identifier: Apache-2.0
#include "support/run_async.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <exception>

namespace globus_sdk_test {

// here and not in the header: what it instantiates of Asio takes a compiler a second in each file
void run_to_its_end(boost::asio::awaitable<void> operation) {
  boost::asio::io_context context;
  std::exception_ptr failure;
  boost::asio::co_spawn(context, std::move(operation),
                        [&failure](std::exception_ptr thrown) { failure = std::move(thrown); });
  context.run();
  if (failure) std::rethrow_exception(failure);
}

}  // namespace globus_sdk_test
