// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/thread_pool.hpp>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "data_service/messages.hpp"

namespace data_service {

struct ServerState;

/// What a server does with requests. Neither function throws.
struct Handlers {
  /// Answers what can be answered at once; nothing for a request that takes time. It runs on the
  /// server's thread, and must not block.
  std::function<std::optional<UserAnswer>(const UserRequest&)> answer_at_once{};
  /// Answers everything else. It runs on a thread of the pool, and may block.
  std::function<UserAnswer(const UserRequest&)> answer{};
};

/// A small HTTP server behind a proxy that speaks TLS: JSON in, JSON out. What a client may cost is
/// bounded: connections, sizes, and the time to send a request and to read its answer.
///
/// Its methods are for the thread that runs the io_context.
class HttpServer {
 public:
  /// Listens from now on.
  ///
  /// @throws std::exception when the address cannot be had.
  HttpServer(boost::asio::io_context& io, boost::asio::thread_pool& pool,
             const std::string& address, std::uint16_t port, Handlers handlers);

  std::uint16_t port() const;
  /// How many requests are on the pool, or have an answer that is not yet sent.
  std::size_t running() const noexcept;

 private:
  std::shared_ptr<ServerState> state_;
};

}  // namespace data_service
