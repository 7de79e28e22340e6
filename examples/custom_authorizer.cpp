// SPDX-License-Identifier: Apache-2.0
// An authorizer of your own
//
//     custom_authorizer TOKEN_FILE
//
// The access token is in a file that some other program renews (a scheduler's token service, say).
// The authorizer reads the file when it first needs to and again when a service refuses the token.
// It is plain blocking code; asynchronous clients run it on a thread where it may block.
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <filesystem>
#include <fstream>
#include <globus_sdk/async.hpp>
#include <globus_sdk/globus_sdk.hpp>
#include <iostream>
#include <memory>
#include <mutex>
#include <string>

#include "environment.hpp"

using namespace globus_sdk;

//! [authorizer]
class TokenFileAuthorizer final : public GlobusAuthorizer {
 public:
  explicit TokenFileAuthorizer(std::filesystem::path file) : state_(std::make_shared<State>()) {
    state_->file = std::move(file);
  }

  /// May block: reads the file, outside the lock, when no header is at hand.
  std::string get_authorization_header(const CallLimits&) const override {
    if (auto header = try_get_authorization_header()) return *header;
    std::ifstream file(state_->file);
    std::string token;
    if (!(file >> token)) throw std::runtime_error("no token in " + state_->file.string());
    const std::lock_guard lock(state_->mutex);
    return state_->header = "Bearer " + token;
  }

  /// Never blocks: gives the header that was read before, unless a service has refused it.
  std::optional<std::string> try_get_authorization_header() const override {
    const std::lock_guard lock(state_->mutex);
    if (state_->header.empty()) return std::nullopt;
    return state_->header;
  }

  /// After a 401: the file may have a newer token by now, so it is worth another try. The header
  /// may be newer already, when several calls were refused at once.
  bool handle_missing_authorization(std::string_view rejected_header) const override {
    const std::lock_guard lock(state_->mutex);
    if (state_->header == rejected_header) state_->header.clear();
    return true;
  }

 private:
  /// Shared by all copies.
  struct State {
    std::filesystem::path file;
    std::mutex mutex;
    std::string header;  ///< empty when the file is to be read
  };
  std::shared_ptr<State> state_;
};
//! [authorizer]

boost::asio::awaitable<void> print_later(TransferClient tc, std::string collection_id) {
  const auto collection = co_await tc.async().get_endpoint(collection_id);
  std::cout << "asynchronous: " << collection["display_name"] << '\n';
}

int main(int argc, char** argv) try {
  if (argc != 2) {
    std::cerr << "usage: custom_authorizer TOKEN_FILE\n";
    return 2;
  }
  const TransferClient tc{TokenFileAuthorizer{argv[1]}};
  const auto collection_id = examples::environment("GLOBUS_SANDBOX_COLLECTION_SOURCE");

  std::cout << "blocking: " << tc.get_endpoint(collection_id)["display_name"] << '\n';

  boost::asio::io_context io;
  boost::asio::co_spawn(io, print_later(tc, collection_id), [](std::exception_ptr error) {
    if (error) std::rethrow_exception(error);
  });
  io.run();
} catch (const std::exception& error) {
  std::cerr << error.what() << '\n';
  return 1;
}
