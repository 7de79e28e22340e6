// SPDX-License-Identifier: Apache-2.0
#include "sandbox/server/server.hpp"

#include <sys/resource.h>

#include <algorithm>
#include <atomic>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <csignal>
#include <cstdio>
#include <thread>
#include <vector>

#include "sandbox/base/time_text.hpp"
#include "sandbox/server/peer_user.hpp"

namespace globus_sandbox {

namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using asio::ip::tcp;
using boost::system::error_code;
using Strand = asio::strand<asio::io_context::executor_type>;
using Socket = asio::basic_stream_socket<tcp, Strand>;
using Timer = asio::basic_waitable_timer<std::chrono::steady_clock,
                                         asio::wait_traits<std::chrono::steady_clock>, Strand>;

constexpr std::uint32_t header_limit = 256 * 1024;
constexpr std::uint64_t body_limit = 64 * 1024 * 1024;
constexpr int backlog = 16384;  // the system cuts it to what it allows
constexpr unsigned thread_count = 16;

/// What every connection of a server shares.
struct Shared {
  ServerCallbacks callbacks;
  std::unique_ptr<asio::ssl::context> tls;
  std::atomic<std::size_t> connections{0};
  std::size_t comfortable_connections = 0;  // beyond these, a connection is not kept alive
  std::optional<uid_t> owner = own_user();

  /// Whether the other end of a connection is the owner's.
  bool is_owners(int socket) const { return owner && user_at_other_end(socket) == owner; }
};

/// What a request asks for, and of whom where it says so: a client that takes us for a proxy does.
struct Target {
  std::optional<std::string_view> host;
  std::string_view path;
  std::string_view query;
};

/// Reads the three forms of a target that we have an answer to: `/path?query`,
/// `http://host/path?query` and `*`.
std::optional<Target> read_target(std::string_view text) {
  Target target;
  if (!text.starts_with('/') && text != "*") {
    const auto scheme = text.find("://");
    if (scheme == std::string_view::npos) return std::nullopt;
    const std::string name = lower_case(text.substr(0, scheme));
    if (name != "http" && name != "https") return std::nullopt;
    text.remove_prefix(scheme + 3);
    const auto end = std::min(text.find_first_of("/?"), text.size());
    target.host = text.substr(0, end);
    text.remove_prefix(end);
  }
  const auto question = std::min(text.find('?'), text.size());
  target.path = text.substr(0, question);
  if (target.path.empty()) target.path = "/";
  target.query = text.substr(std::min(question + 1, text.size()));
  return target;
}

/// A request by its head; nothing where it is malformed.
std::optional<IncomingRequest> read_head(const http::request_header<>& head, bool from_owner) {
  const auto target = read_target({head.target().data(), head.target().size()});
  const auto hosts = head.count(http::field::host);
  if (!target || hosts > 1 || (hosts == 0 && head.version() >= 11)) return std::nullopt;
  IncomingRequest incoming;
  incoming.from_owner = from_owner;
  incoming.request.method = std::string(head.method_string());
  incoming.request.raw_path = std::string(target->path);
  incoming.request.path = percent_decode(target->path);
  incoming.request.query = parse_form(target->query);
  for (const auto& field : head)
    incoming.request.headers.emplace_back(
        lower_case({field.name_string().data(), field.name_string().size()}),
        std::string(field.value()));
  if (hosts == 1) incoming.hosts.emplace_back(head[http::field::host]);
  if (target->host) incoming.hosts.emplace_back(*target->host);
  return incoming;
}

/// A header's value, without what would end the line.
std::string one_line(std::string_view value) {
  std::string result(value);
  std::erase_if(result, [](char c) { return c == '\r' || c == '\n' || c == '\0'; });
  return result;
}

/// The bytes of an answer: its head, and as much of its body as is to be sent.
std::string serialize(const HttpResponse& response, bool head_only, bool close,
                      std::int64_t truncate_at) {
  const auto reason =
      http::obsolete_reason(http::int_to_status(static_cast<unsigned>(response.status)));
  std::string text = "HTTP/1.1 " + std::to_string(response.status) + ' ' +
                     std::string(reason.data(), reason.size()) + "\r\n";
  bool dated = false;
  for (const auto& [name, value] : response.headers) {
    text += one_line(name) + ": " + one_line(value) + "\r\n";
    dated = dated || lower_case(name) == "date";
  }
  if (!dated) text += "Date: " + to_http_text(current_time()) + "\r\n";
  const bool bodiless = response.status == 204 || response.status == 304;
  if (!bodiless) text += "Content-Length: " + std::to_string(response.body.size()) + "\r\n";
  if (close) text += "Connection: close\r\n";
  text += "\r\n";
  if (head_only || bodiless) return text;
  const std::size_t size =
      truncate_at < 0 ? response.body.size()
                      : std::min(response.body.size(), static_cast<std::size_t>(truncate_at));
  return text.append(response.body, 0, size);
}

HttpResponse refusal(error_code error) {
  const auto answer = [](int status, std::string_view text) {
    return HttpResponse{status, {{"Content-Type", "text/plain"}}, std::string(text) + '\n'};
  };
  if (error == http::error::body_limit) return answer(413, "The request's body is too large.");
  if (error == http::error::header_limit) return answer(431, "The request's head is too large.");
  return answer(400, "This is not an HTTP request.");
}

/// One connection: reads a request, has it answered, and begins again. It lives as long as an
/// operation of its is under way, and every operation of it runs in its strand.
template <class Stream> class Session : public std::enable_shared_from_this<Session<Stream>> {
 public:
  Session(Stream stream, std::shared_ptr<Shared> shared)
      : stream_(std::move(stream)), timer_(stream_.get_executor()), shared_(std::move(shared)) {
    ++shared_->connections;
  }
  ~Session() { --shared_->connections; }
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  void start() {
    asio::dispatch(stream_.get_executor(), [self = this->shared_from_this()] { self->begin(); });
  }

 private:
  static constexpr bool encrypted = !std::is_same_v<Stream, Socket>;

  Socket& socket() {
    if constexpr (encrypted)
      return stream_.next_layer();
    else
      return stream_;
  }

  void begin() {
    from_owner_ = shared_->is_owners(socket().native_handle());
    if constexpr (encrypted) {
      stream_.async_handshake(asio::ssl::stream_base::server,
                              [self = this->shared_from_this()](error_code error) {
                                if (!error) self->read_next();
                              });
    } else {
      read_next();
    }
  }

  void read_next() {
    parser_.emplace();
    parser_->header_limit(header_limit);
    parser_->body_limit(body_limit);
    http::async_read_header(
        stream_, buffer_, *parser_,
        [self = this->shared_from_this()](error_code error, std::size_t) { self->on_head(error); });
  }

  void on_head(error_code error) {
    if (error) return on_read_error(error);
    auto incoming = read_head(parser_->get(), from_owner_);
    if (!incoming) return refuse_malformed(http::make_error_code(http::error::bad_target));
    incoming_ = std::move(*incoming);
    head_only_ = parser_->get().method() == http::verb::head;
    if (const auto refused = shared_->callbacks.refuse(incoming_)) return refuse(*refused);
    if (beast::iequals(parser_->get()[http::field::expect], "100-continue")) {
      output_ = "HTTP/1.1 100 Continue\r\n\r\n";
      asio::async_write(stream_, asio::buffer(output_),
                        [self = this->shared_from_this()](error_code write_error, std::size_t) {
                          if (!write_error) self->read_body();
                        });
      return;
    }
    read_body();
  }

  void read_body() {
    if (parser_->is_done()) return on_request();
    http::async_read(stream_, buffer_, *parser_,
                     [self = this->shared_from_this()](error_code error, std::size_t) {
                       if (error) return self->on_read_error(error);
                       self->on_request();
                     });
  }

  void on_read_error(error_code error) {
    if (error == http::error::end_of_stream) return finish();
    const bool malformed =
        error.category() == http::make_error_code(http::error::bad_target).category();
    if (!malformed || error == http::error::partial_message) return close();
    refuse_malformed(error);
  }

  void refuse_malformed(error_code error) {
    head_only_ = false;
    const auto refused = shared_->callbacks.refuse({{}, {}, from_owner_});
    refuse(refused ? *refused : refusal(error));
  }

  /// Answers without having read the body, and ends the conversation.
  void refuse(const HttpResponse& response) {
    closing_ = true;
    lingering_ = true;
    write(serialize(response, head_only_, true, -1));
  }

  void on_request() {
    closing_ = !parser_->get().keep_alive() ||
               shared_->connections.load() > shared_->comfortable_connections;
    incoming_.request.body = std::move(parser_->release().body());
    treatment_ = shared_->callbacks.treat(incoming_);
    if (treatment_.delay.count() <= 0) return act();
    timer_.expires_after(
        std::chrono::duration_cast<std::chrono::steady_clock::duration>(treatment_.delay));
    timer_.async_wait([self = this->shared_from_this()](error_code error) {
      if (!error) self->act();
    });
  }

  void act() {
    if (treatment_.drop_before) {
      shared_->callbacks.answered(treatment_, 0);
      return close();
    }
    const HttpResponse response = treatment_.instead ? *treatment_.instead : answer();
    if (treatment_.drop_after) {
      shared_->callbacks.answered(treatment_, 0);
      return close();
    }
    shared_->callbacks.answered(treatment_, response.status);
    truncated_ = treatment_.truncate_at >= 0;
    write(serialize(response, head_only_, closing_, treatment_.truncate_at));
  }

  HttpResponse answer() {
    try {
      return shared_->callbacks.answer(incoming_);
    } catch (const std::exception& error) {
      std::fprintf(stderr, "globus-sandbox: %s %s failed: %s\n", incoming_.request.method.c_str(),
                   incoming_.request.raw_path.c_str(), error.what());
      return {500, {{"Content-Type", "text/plain"}}, "The sandbox failed; its log says why.\n"};
    }
  }

  void write(std::string text) {
    output_ = std::move(text);
    asio::async_write(stream_, asio::buffer(output_),
                      [self = this->shared_from_this()](error_code error, std::size_t) {
                        self->on_written(error);
                      });
  }

  void on_written(error_code error) {
    if (error || truncated_) return close();
    if (lingering_) return linger();
    if (closing_) return finish();
    read_next();
  }

  /// Ends an orderly conversation.
  void finish() {
    if constexpr (encrypted) {
      close_after(std::chrono::seconds(1));
      stream_.async_shutdown([self = this->shared_from_this()](error_code) { self->close(); });
    } else {
      close();
    }
  }

  /// After a refusal: reads what the client still sends, so that it gets to see the answer.
  void linger() {
    error_code ignored;
    socket().shutdown(Socket::shutdown_send, ignored);
    close_after(std::chrono::seconds(2));
    swallow();
  }

  void swallow() {
    output_.resize(64UL * 1024UL);
    socket().async_read_some(asio::buffer(output_),
                             [self = this->shared_from_this()](error_code error, std::size_t) {
                               if (error) return self->close();
                               self->swallow();
                             });
  }

  void close_after(std::chrono::seconds patience) {
    timer_.expires_after(patience);
    timer_.async_wait([self = this->shared_from_this()](error_code error) {
      if (!error) self->close();
    });
  }

  void close() {
    error_code ignored;
    timer_.cancel();
    socket().shutdown(Socket::shutdown_both, ignored);
    socket().close(ignored);
  }

  Stream stream_;
  Timer timer_;
  std::shared_ptr<Shared> shared_;
  beast::flat_buffer buffer_;
  std::optional<http::request_parser<http::string_body>> parser_;
  IncomingRequest incoming_;
  Treatment treatment_;
  std::string output_;
  bool from_owner_ = false;
  bool head_only_ = false;
  bool closing_ = false;
  bool truncated_ = false;
  bool lingering_ = false;
};

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
