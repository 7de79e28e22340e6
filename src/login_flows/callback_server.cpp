// SPDX-License-Identifier: Apache-2.0
#include "login_flows/callback_server.hpp"

#include <fcntl.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/http/write.hpp>
#include <deque>
#include <functional>
#include <utility>

#include "globus_sdk/login_flows/errors.hpp"
#include "login_flows/login_page.hpp"

namespace globus_sdk::inline v0::detail {

namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
using asio::ip::tcp;
using boost::system::error_code;

/// How long a connection may take to send its request: browsers open some without need.
constexpr std::chrono::seconds longest_request{10};
/// How long the login waits for its page to go out.
constexpr std::chrono::seconds longest_answer{2};
/// A new connection takes the place of the oldest of so many.
constexpr std::size_t most_connections = 64;
constexpr std::uint32_t longest_header = 16 * 1024;

/// The browser, and what else the program starts, does not inherit it.
void close_on_exec(int descriptor) {
  fcntl(descriptor, F_SETFD, FD_CLOEXEC);  // NOLINT(cppcoreguidelines-pro-type-vararg)
}

http::response<http::string_body> answer_of(const CallbackVerdict& verdict,
                                            const std::string& html_template) {
  http::response<http::string_body> answer;
  answer.version(11);
  answer.result(static_cast<unsigned>(verdict.status));
  answer.set(http::field::content_type, "text/html; charset=utf-8");
  answer.set(http::field::cache_control, "no-store");
  answer.set("Content-Security-Policy",
             "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; "
             "form-action 'none'; frame-ancestors 'none'");
  answer.set("X-Content-Type-Options", "nosniff");
  answer.set("Referrer-Policy", "no-referrer");  // the page's address has the code in it
  if (verdict.status == 405) answer.set(http::field::allow, "GET");
  answer.body() = login_page(html_template, verdict.result, verdict.message);
  answer.keep_alive(false);
  answer.prepare_payload();
  return answer;
}

/// Whether something came, and not the end of the connection.
bool is_no_http(error_code error) {
  const error_code end = http::error::end_of_stream;
  return error.category() == end.category() && error != end &&
         error != http::error::partial_message;
}

/// One connection: a request, its answer, the end.
class Session : public std::enable_shared_from_this<Session> {
 public:
  using Judge = std::function<CallbackVerdict(Session&, const CallbackRequest&)>;
  using OnEnd = std::function<void()>;

  Session(tcp::socket socket, Judge judge, const std::string& html_template)
      : stream_(std::move(socket)), judge_(std::move(judge)), html_template_(html_template) {
    parser_.header_limit(longest_header);
  }

  void start() {
    stream_.expires_after(longest_request);
    http::async_read_header(
        stream_, buffer_, parser_,
        [self = shared_from_this()](error_code error, std::size_t) { self->on_request(error); });
  }
  void close() { stream_.close(); }

  /// Called when the connection that brought the callback has ended.
  void on_end(OnEnd on_end) { on_end_ = std::move(on_end); }

 private:
  void on_request(error_code error) {
    if (!error) {
      const auto& request = parser_.get();
      const std::string method(request.method_string());
      const std::string target(request.target());
      const std::string host(request[http::field::host]);
      send(judge_(*this, {.method = method, .target = target, .host = host}));
    } else if (is_no_http(error)) {
      send(unreadable_request());
    }
  }

  void send(const CallbackVerdict& verdict) {
    answer_ = answer_of(verdict, html_template_);
    stream_.expires_after(longest_answer);
    http::async_write(stream_, answer_, [self = shared_from_this()](error_code error, std::size_t) {
      if (error) return self->finish();
      error_code ignored;
      self->stream_.socket().shutdown(tcp::socket::shutdown_send, ignored);
      self->drain();
    });
  }

  /// Reads what still comes: closing over it would take the answer from the browser.
  void drain() {
    buffer_.clear();
    stream_.async_read_some(buffer_.prepare(4096),
                            [self = shared_from_this()](error_code error, std::size_t) {
                              error ? self->finish() : self->drain();
                            });
  }

  void finish() {
    if (on_end_) std::exchange(on_end_, {})();
  }

  beast::tcp_stream stream_;
  beast::flat_buffer buffer_{longest_header + 4096};
  http::request_parser<http::empty_body> parser_{};
  http::response<http::string_body> answer_{};
  Judge judge_;
  OnEnd on_end_{};
  const std::string& html_template_;
};

}  // namespace

class CallbackServer::Core {
 public:
  Core(std::uint16_t port, std::string state, std::string html_template)
      : html_template_(std::move(html_template)), acceptor_(io_), pause_(io_) {
    listen(port);
    expected_ = {.port = acceptor_.local_endpoint().port(), .state = std::move(state)};
    accept();
  }

  std::uint16_t port() const noexcept { return expected_.port; }
  void interrupt() noexcept { io_.stop(); }

  std::optional<Callback> serve_until(std::chrono::steady_clock::time_point until) {
    while (!over_ && io_.run_one_until(until) > 0) {}
    io_.restart();  // now, not before: an interruption may come before we begin
    return callback_;
  }

 private:
  void listen(std::uint16_t port) {
    try {
      const tcp::endpoint endpoint(asio::ip::address_v4::loopback(), port);
      acceptor_.open(endpoint.protocol());
      close_on_exec(acceptor_.native_handle());
      acceptor_.set_option(tcp::acceptor::reuse_address(true));
      acceptor_.bind(endpoint);
      acceptor_.listen();
    } catch (const boost::system::system_error& error) {
      throw LocalServerLoginError("a login cannot wait at 127.0.0.1, port " + std::to_string(port) +
                                  ": " + error.code().message());
    }
  }

  void accept() {
    acceptor_.async_accept([this](error_code error, tcp::socket socket) {
      if (error == asio::error::operation_aborted) return;
      if (error) return pause();
      begin(std::move(socket));
      accept();
    });
  }

  /// Out of descriptors, most likely: asking again at once would change nothing.
  void pause() {
    pause_.expires_after(std::chrono::milliseconds(100));
    pause_.async_wait([this](error_code error) {
      if (!error) accept();
    });
  }

  void begin(tcp::socket socket) {
    close_on_exec(socket.native_handle());
    std::erase_if(sessions_, [](const auto& session) { return session.expired(); });
    if (sessions_.size() >= most_connections) {
      if (const auto oldest = sessions_.front().lock()) oldest->close();
      sessions_.pop_front();
    }
    // a session lives in its handlers, and these in io_: both may refer to this
    const auto session = std::make_shared<Session>(
        std::move(socket),
        [this](Session& from, const CallbackRequest& request) { return judge(from, request); },
        html_template_);
    sessions_.push_back(session);
    session->start();
  }

  CallbackVerdict judge(Session& from, const CallbackRequest& request) {
    CallbackVerdict verdict = judge_callback(request, expected_);
    if (!verdict.callback) return verdict;
    if (callback_) return late_callback();
    callback_ = verdict.callback;
    from.on_end([this] { over_ = true; });
    return verdict;
  }

  ExpectedCallback expected_{};
  const std::string html_template_;
  std::optional<Callback> callback_{};
  bool over_ = false;
  asio::io_context io_{1};
  tcp::acceptor acceptor_;
  asio::steady_timer pause_;
  std::deque<std::weak_ptr<Session>> sessions_{};
};

CallbackServer::CallbackServer(std::uint16_t port, std::string state, std::string html_template)
    : core_(std::make_unique<Core>(port, std::move(state), std::move(html_template))) {}
CallbackServer::~CallbackServer() = default;

std::string CallbackServer::redirect_uri() const {
  return "http://127.0.0.1:" + std::to_string(core_->port());
}

std::optional<Callback> CallbackServer::serve_until(std::chrono::steady_clock::time_point until) {
  return core_->serve_until(until);
}

void CallbackServer::interrupt() noexcept {
  core_->interrupt();
}

}  // namespace globus_sdk::inline v0::detail
