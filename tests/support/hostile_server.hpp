// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "support/socket_server.hpp"

namespace globus_sdk_test {

/// What a hostile server does with each request.
struct Hostility {
  enum class End {
    keep,   ///< the connection stays open for the next request
    close,  ///< it ends in good order
    reset,  ///< it breaks off
    stall,  ///< nothing more comes
  };
  std::string answer{};
  End end = End::close;
  /// Sent again and again after `answer`, until the client goes or this many bytes are sent.
  std::string endlessly{};
  std::size_t most = std::size_t{1} << 30;
  bool reads_request = true;
};

/// A server on loopback that answers every request in that way.
class HostileServer {
 public:
  explicit HostileServer(Hostility hostility);

  std::string url() const { return server_.url(); }
  int connections() const { return server_.connections(); }

 private:
  void serve(int descriptor) const;

  Hostility hostility_;
  SocketServer server_;
};

/// An HTTP/1.1 answer with a right Content-Length.
std::string http_answer(const std::string& status, const std::string& body,
                        const std::string& content_type = "application/json");

}  // namespace globus_sdk_test
