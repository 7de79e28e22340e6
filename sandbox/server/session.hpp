// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <boost/asio/dispatch.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <cstdio>
#include <exception>
#include <memory>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>

#include "sandbox/server/answer_sending.hpp"
#include "sandbox/server/connection_types.hpp"
#include "sandbox/server/outgoing_answer.hpp"
#include "sandbox/server/peer_user.hpp"
#include "sandbox/server/request_body.hpp"
#include "sandbox/server/request_head.hpp"
#include "sandbox/server/server.hpp"

namespace globus_sandbox {

namespace beast = boost::beast;

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

/// What a request is answered with that cannot be read.
inline HttpResponse refusal(error_code error) {
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
  static constexpr std::uint32_t header_limit = 256 * 1024;
  /// Of a body that goes into memory.
  static constexpr std::uint64_t body_limit = 64 * 1024 * 1024;
  /// How much of a body is read in one go.
  static constexpr std::uint64_t piece_size = 256UL * 1024UL;
  /// A body that nobody wants is read to its end if it is not larger, and the connection kept.
  static constexpr std::uint64_t read_for_nothing = 64UL * 1024UL;

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
      error_code ignored;
      socket().native_non_blocking(true, ignored);  // sendfile goes around Asio
      read_next();
    }
  }

  void read_next() {
    parser_.emplace();
    parser_->header_limit(header_limit);
    parser_->body_limit(boost::none);  // how large it may be depends on where it goes
    treatment_ = {};
    is_treated_ = false;
    decided_.reset();
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
    expects_continue_ = beast::iequals(parser_->get()[http::field::expect], "100-continue");
    if (auto refused = shared_->callbacks.refuse(incoming_)) return refuse(std::move(*refused));
    if (may_be_received(parser_->get().method())) {
      Reception reception = receive();
      if (reception.file || reception.refusal) return on_reception(std::move(reception));
    }
    if (parser_->content_length().value_or(0) > body_limit)
      return refuse(refusal(http::make_error_code(http::error::body_limit)));
    parser_->body_limit(body_limit);
    ask_for_body();
  }

  static bool may_be_received(http::verb method) {
    return method == http::verb::put || method == http::verb::post || method == http::verb::patch;
  }

  /// Goes on with a request whose service decided by its head: faults come first.
  void on_reception(Reception reception) {
    is_treated_ = true;
    treatment_ = shared_->callbacks.treat(incoming_);
    if (treatment_.drop_before) return act();
    decided_ = treatment_.instead ? std::move(treatment_.instead) : std::move(reception.refusal);
    if (decided_) {
      return is_worth_reading() ? read_body() : answer_before_body();
    }
    RequestBody::value_type& body = parser_->get().body();
    body.file = std::move(reception.file);
    body.cut_at = treatment_.cut_body_at;
    ask_for_body();
  }

  bool is_worth_reading() const {
    if (parser_->is_done()) return true;
    const auto length = parser_->content_length();
    return !expects_continue_ && length && *length <= read_for_nothing;
  }

  void ask_for_body() {
    if (!expects_continue_) return read_body();
    text_ = "HTTP/1.1 100 Continue\r\n\r\n";
    asio::async_write(stream_, asio::buffer(text_),
                      [self = this->shared_from_this()](error_code error, std::size_t) {
                        if (!error) self->read_body();
                      });
  }

  void read_body() {
    if (parser_->is_done()) return on_request();
    parser_->eager(true);
    if (buffer_.size() > 0) return parse_body();
    read_piece();
  }

  void read_piece() {
    const std::uint64_t left = parser_->content_length_remaining().value_or(piece_size);
    stream_.async_read_some(
        buffer_.prepare(static_cast<std::size_t>(std::clamp<std::uint64_t>(left, 1, piece_size))),
        [self = this->shared_from_this()](error_code error, std::size_t count) {
          if (error) return self->on_read_error(error);
          self->buffer_.commit(count);
          self->parse_body();
        });
  }

  void parse_body() {
    error_code error;
    buffer_.consume(parser_->put(buffer_.data(), error));
    const RequestBody::value_type& body = parser_->get().body();
    if (body.is_cut) return drop();
    if (body.storage_error != 0) return on_storage_error();
    if (error && error != http::error::need_more) return on_read_error(error);
    if (parser_->is_done()) return on_request();
    // What is left is the head of a chunk.
    if (buffer_.size() > header_limit)
      return refuse_malformed(http::make_error_code(http::error::bad_chunk));
    read_piece();
  }

  void on_storage_error() {
    RequestBody::value_type& body = parser_->get().body();
    incoming_.request.received_size = body.size;
    incoming_.request.storage_error = body.storage_error;
    body.file.reset();
    answer_before_body();
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
    parser_->get().body().file.reset();
    auto refused = shared_->callbacks.refuse({{}, {}, from_owner_});
    refuse(refused ? std::move(*refused) : refusal(error));
  }

  /// Answers without having read the body, and ends the conversation.
  void refuse(HttpResponse response) {
    closing_ = true;
    lingering_ = true;
    send(std::move(response), std::nullopt);
  }

  void answer_before_body() {
    closing_ = true;
    lingering_ = true;
    act_in_time();
  }

  void on_request() {
    closing_ = !parser_->get().keep_alive() ||
               shared_->connections.load() > shared_->comfortable_connections;
    RequestBody::value_type& body = parser_->get().body();
    incoming_.request.body = std::move(body.text);
    incoming_.request.received = std::move(body.file);
    incoming_.request.received_size = body.size;
    if (buffer_.size() == 0 && buffer_.capacity() >= piece_size) buffer_.shrink_to_fit();
    if (!is_treated_) {
      treatment_ = shared_->callbacks.treat(incoming_);
      decided_ = std::move(treatment_.instead);
    }
    act_in_time();
  }

  void act_in_time() {
    if (treatment_.delay.count() <= 0) return act();
    timer_.expires_after(to_wait(treatment_.delay));
    timer_.async_wait([self = this->shared_from_this()](error_code error) {
      if (!error) self->act();
    });
  }

  void act() {
    if (treatment_.drop_before || treatment_.cut_body_at >= 0) return drop();
    HttpResponse response = decided_ ? std::move(*decided_) : answer();
    incoming_ = {};  // what was received is the service's now, or nobody's
    if (treatment_.drop_after) return drop();
    shared_->callbacks.answered(treatment_, response.status);
    send(std::move(response), treatment_.interruption);
  }

  /// Closes the connection in place of an answer.
  void drop() {
    shared_->callbacks.answered(treatment_, 0);
    close();
  }

  HttpResponse answer() {
    try {
      return shared_->callbacks.answer(incoming_);
    } catch (const std::exception& error) {
      return failed(error);
    }
  }

  Reception receive() {
    try {
      return shared_->callbacks.receive(incoming_);
    } catch (const std::exception& error) {
      return {nullptr, failed(error)};
    }
  }

  HttpResponse failed(const std::exception& error) const {
    std::fprintf(stderr, "globus-sandbox: %s %s failed: %s\n", incoming_.request.method.c_str(),
                 incoming_.request.raw_path.c_str(), error.what());
    return {500, {{"Content-Type", "text/plain"}}, "The sandbox failed; its log says why.\n"};
  }

  void send(HttpResponse response, std::optional<Interruption> interruption) {
    const std::int64_t rate = slower(response.bytes_per_second, treatment_.bytes_per_second);
    OutgoingAnswer answer(std::move(response), head_only_, closing_);
    std::make_shared<AnswerSending<Stream>>(
        stream_, std::move(answer), interruption, rate,
        [self = this->shared_from_this()](SendingEnd end) { self->on_sent(end); })
        ->start();
  }

  /// Of two limits, of which 0 is none.
  static std::int64_t slower(std::int64_t one, std::int64_t other) {
    if (one <= 0 || other <= 0) return std::max({one, other, std::int64_t{0}});
    return std::min(one, other);
  }

  void on_sent(SendingEnd end) {
    if (end == SendingEnd::reset) return reset();
    if (end == SendingEnd::cut) return close();
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
    text_.resize(64UL * 1024UL);
    swallow();
  }

  void swallow() {
    socket().async_read_some(asio::buffer(text_),
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

  /// Ends the connection by an error at the other end.
  void reset() {
    error_code ignored;
    socket().set_option(asio::socket_base::linger(true, 0), ignored);
    socket().close(ignored);
  }

  Stream stream_;
  Timer timer_;
  std::shared_ptr<Shared> shared_;
  beast::flat_buffer buffer_;
  std::optional<http::request_parser<RequestBody>> parser_;
  IncomingRequest incoming_;
  Treatment treatment_;
  std::optional<HttpResponse> decided_;  ///< what the service is not asked for
  std::string text_;                     ///< that is being sent or received
  bool is_treated_ = false;
  bool expects_continue_ = false;
  bool from_owner_ = false;
  bool head_only_ = false;
  bool closing_ = false;
  bool lingering_ = false;
};

}  // namespace globus_sandbox
