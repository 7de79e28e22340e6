// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "sandbox/server/http.hpp"

namespace globus_sandbox {

/// A request and what the server knows of its connection.
struct IncomingRequest {
  HttpRequest request;
  std::vector<std::string>
      hosts{};              ///< what it calls the server, in its Host header and its target
  bool from_owner = false;  ///< its connection is a process' of the user we run as
};

/// What happens to an answer on its way, once so many bytes of its body are sent, or at its end
/// where it has fewer.
struct Interruption {
  enum class Kind {
    cut,    ///< the connection closes
    reset,  ///< the connection is reset
    stall,  ///< nothing is sent for a while; then the answer goes on
  };
  Kind kind = Kind::cut;
  std::uint64_t at = 0;                    ///< bytes of the body that are sent before
  std::chrono::duration<double> pause{0};  ///< of `stall`
};

/// What is to become of a request. Decided before it is answered; before its body is read where
/// that goes into a file.
struct Treatment {
  std::chrono::duration<double> delay{0};  ///< wait that long first, without holding a thread
  bool drop_before = false;                ///< close the connection, and answer nothing
  bool drop_after = false;                 ///< let it take effect, then close the connection
  std::optional<HttpResponse> instead{};   ///< send this, and let nothing take effect
  std::optional<Interruption> interruption{};
  std::int64_t bytes_per_second = 0;  ///< how fast the answer's body is sent at most; 0: no limit
  /// Close the connection after so many bytes of the request's body, or at its end, and let nothing
  /// take effect; -1: don't.
  std::int64_t cut_body_at = -1;
  std::uint64_t number = 0;  ///< handed to `answered`
};

/// What a server asks and tells. Each is called from several threads at once.
struct ServerCallbacks {
  /// What a request is refused with by its head, before its body is read and `treat` is asked; must
  /// not block. What is no request at all comes as an empty one.
  std::function<std::optional<HttpResponse>(const IncomingRequest&)> refuse;
  /// Where the body of a PUT, POST or PATCH goes that is not read yet, or what the request is
  /// refused with; may block for a moment.
  std::function<Reception(const IncomingRequest&)> receive;
  std::function<Treatment(const IncomingRequest&)> treat;      ///< must not block
  std::function<HttpResponse(const IncomingRequest&)> answer;  ///< may block for a while
  std::function<void(const Treatment&, int status)> answered;  ///< just before it is sent
};

/// The certificate and the key that a server shows, in PEM.
struct ServerIdentity {
  std::string certificate_chain;
  std::string private_key;
};

/// An HTTP/1.1 server on 127.0.0.1, with kept-alive connections, plain or with TLS.
class Server {
 public:
  /// Listens at once, and throws when it cannot; answers from `start` on. Port 0 is chosen by the
  /// system. With an identity it speaks TLS.
  Server(std::uint16_t port, std::optional<ServerIdentity> identity);
  /// Closes every connection at once; returns when no callback runs any more.
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  std::uint16_t port() const;
  void start(ServerCallbacks callbacks);

 private:
  struct Implementation;
  std::unique_ptr<Implementation> implementation_;
};

}  // namespace globus_sandbox
