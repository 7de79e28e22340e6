// SPDX-License-Identifier: Apache-2.0
#include "sandbox/server/server.hpp"

#include <sys/resource.h>

#include <algorithm>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/asio/steady_timer.hpp>
#include <csignal>
#include <thread>
#include <vector>

#include "sandbox/server/connection_types.hpp"
#include "sandbox/server/session.hpp"

namespace globus_sandbox {

namespace {

constexpr int backlog = 16384;  // the system cuts it to what it allows
constexpr unsigned thread_count = 16;

/// Lets this process have as many connections as the system allows, and returns how many.
std::size_t raise_descriptor_limit() {
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return 1024;
  limit.rlim_cur = std::min<rlim_t>(limit.rlim_max, 1048576);
  if (setrlimit(RLIMIT_NOFILE, &limit) != 0) getrlimit(RLIMIT_NOFILE, &limit);
  return static_cast<std::size_t>(limit.rlim_cur);
}

std::unique_ptr<asio::ssl::context> make_tls(const ServerIdentity& identity) {
  auto context = std::make_unique<asio::ssl::context>(asio::ssl::context::tls_server);
  SSL_CTX_set_min_proto_version(context->native_handle(), TLS1_2_VERSION);
  context->use_certificate_chain(asio::buffer(identity.certificate_chain));
  context->use_private_key(asio::buffer(identity.private_key), asio::ssl::context::pem);
  return context;
}

}  // namespace

struct Server::Implementation {
  Implementation(std::uint16_t wanted_port, const std::optional<ServerIdentity>& identity) {
    if (identity) shared->tls = make_tls(*identity);
    shared->comfortable_connections = raise_descriptor_limit() / 3;
    const tcp::endpoint endpoint(asio::ip::address_v4::loopback(), wanted_port);
    acceptor.open(endpoint.protocol());
    acceptor.set_option(tcp::acceptor::reuse_address(true));
    acceptor.bind(endpoint);
    acceptor.listen(backlog);
    port = acceptor.local_endpoint().port();
  }

  ~Implementation() {
    io.stop();
    for (auto& thread : threads) thread.join();
  }

  void start(ServerCallbacks callbacks) {
    shared->callbacks = std::move(callbacks);
    accept();
    // Signals are for the threads of the program that embeds us.
    sigset_t all;
    sigset_t before;
    sigfillset(&all);
    pthread_sigmask(SIG_BLOCK, &all, &before);
    for (unsigned i = 0; i < thread_count; ++i) threads.emplace_back([this] { io.run(); });
    pthread_sigmask(SIG_SETMASK, &before, nullptr);
  }

  void accept() {
    acceptor.async_accept(asio::make_strand(io), [this](error_code error, Socket socket) {
      if (!error) launch(std::move(socket));
      if (!error || error == asio::error::connection_aborted) return accept();
      // Out of descriptors, as a rule: others have to close first.
      pause.expires_after(std::chrono::milliseconds(20));
      pause.async_wait([this](error_code cancelled) {
        if (!cancelled) accept();
      });
    });
  }

  void launch(Socket socket) {
    error_code ignored;
    socket.set_option(tcp::no_delay(true), ignored);
    if (shared->tls) {
      using Encrypted = asio::ssl::stream<Socket>;
      std::make_shared<Session<Encrypted>>(Encrypted(std::move(socket), *shared->tls), shared)
          ->start();
    } else {
      std::make_shared<Session<Socket>>(std::move(socket), shared)->start();
    }
  }

  std::shared_ptr<Shared> shared = std::make_shared<Shared>();
  asio::io_context io{static_cast<int>(thread_count)};
  tcp::acceptor acceptor{io};
  asio::steady_timer pause{io};
  std::uint16_t port = 0;
  std::vector<std::thread> threads;
};

Server::Server(std::uint16_t port, std::optional<ServerIdentity> identity)
    : implementation_(std::make_unique<Implementation>(port, identity)) {}

Server::~Server() = default;

std::uint16_t Server::port() const {
  return implementation_->port;
}

void Server::start(ServerCallbacks callbacks) {
  implementation_->start(std::move(callbacks));
}

}  // namespace globus_sandbox
