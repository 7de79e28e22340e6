// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "support/certificates.hpp"

namespace globus_sdk_test {

/// How a TlsServer behaves.
struct TlsServerOptions {
  Certificate certificate{};
  bool http2 = true;  ///< offers HTTP/2 besides HTTP/1.1
  /// Requests of one HTTP/2 connection that are processed; the next makes the server say GOAWAY,
  /// and it processes nothing more there. 0: no limit.
  int requests_per_connection = 0;
  /// The GOAWAY comes in the middle of the last answer, not with the next request.
  bool goaway_within_an_answer = false;
};

/// A server on loopback that speaks TLS, and HTTP/2 or HTTP/1.1, and answers everything with 200
/// and `{}`.
class TlsServer {
 public:
  explicit TlsServer(TlsServerOptions options);
  ~TlsServer();

  /// `https://localhost:PORT`
  std::string url() const;
  int connections() const;
  /// What was processed, as `h2 POST /path 12`: protocol, method, path, size of the body.
  std::vector<std::string> processed() const;
  /// How often a connection was ended by GOAWAY.
  int goaways() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace globus_sdk_test
