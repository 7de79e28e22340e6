// SPDX-License-Identifier: Apache-2.0
// The same, asynchronous.
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <cstdlib>
#include <globus_sdk/async.hpp>
#include <globus_sdk/globus_sdk.hpp>
#include <iostream>

using namespace globus_sdk;

boost::asio::awaitable<void> list_files(TransferClient client, std::string collection) {
  auto listing = client.async().operation_ls(collection);
  for (auto entry : co_await std::move(listing)) std::cout << entry["name"] << '\n';
  OperationLsOptions options{.path = "/~/not there"};
  co_await client.async().operation_ls(collection, options);
}

int main() {
  const TransferClient client(AccessTokenAuthorizer(std::getenv("GLOBUS_SANDBOX_TRANSFER_TOKEN")));
  boost::asio::io_context context;
  bool caught = false;
  boost::asio::co_spawn(context,
                        list_files(client, std::getenv("GLOBUS_SANDBOX_COLLECTION_SOURCE")),
                        [&caught](std::exception_ptr failure) {
                          try {
                            if (failure) std::rethrow_exception(failure);
                          } catch (const TransferAPIError& error) {
                            std::cout << "caught " << error.code() << '\n';
                            caught = error.http_status() == 404;
                          }
                        });
  context.run();
  return caught ? 0 : 1;
}
