// SPDX-License-Identifier: Apache-2.0
#include "support/tls_server.hpp"

#include <nghttp2/nghttp2.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <sys/socket.h>

#include <array>
#include <csignal>
#include <cstring>
#include <functional>
#include <map>
#include <mutex>
#include <stdexcept>
#include <string_view>
#include <utility>

#include "support/c_handle.hpp"
#include "support/socket_server.hpp"

namespace globus_sdk_test {

namespace {

using Context = Handle<SSL_CTX, SSL_CTX_free>;
using Stream = Handle<SSL, SSL_free>;
using Memory = Handle<BIO, BIO_free_all>;
using Session = Handle<nghttp2_session, nghttp2_session_del>;
using Callbacks = Handle<nghttp2_session_callbacks, nghttp2_session_callbacks_del>;

void check(bool good, const char* doing) {
  if (!good) throw std::runtime_error(std::string("the TLS server fails at ") + doing);
}

Memory read_only(const std::string& text) {
  return Memory(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
}

int choose_protocol(SSL*, const unsigned char** chosen, unsigned char* size,
                    const unsigned char* offered, unsigned int offered_size, void* http2) {
  static constexpr std::string_view both = "\x02h2\x08http/1.1";
  const std::string_view ours = *static_cast<const bool*>(http2) ? both : both.substr(3);
  unsigned char* selected = nullptr;
  const int result =
      SSL_select_next_proto(&selected, size, reinterpret_cast<const unsigned char*>(ours.data()),
                            static_cast<unsigned int>(ours.size()), offered, offered_size);
  *chosen = selected;
  return result == OPENSSL_NPN_NEGOTIATED ? SSL_TLSEXT_ERR_OK : SSL_TLSEXT_ERR_NOACK;
}

Context make_context(const TlsServerOptions& options) {
  Context context(SSL_CTX_new(TLS_server_method()));
  const Memory certificate_text = read_only(options.certificate.certificate);
  const Memory key_text = read_only(options.certificate.key);
  const Handle<X509, X509_free> certificate(
      PEM_read_bio_X509(certificate_text.get(), nullptr, nullptr, nullptr));
  const Handle<EVP_PKEY, EVP_PKEY_free> key(
      PEM_read_bio_PrivateKey(key_text.get(), nullptr, nullptr, nullptr));
  check(SSL_CTX_use_certificate(context.get(), certificate.get()) == 1, "its certificate");
  check(SSL_CTX_use_PrivateKey(context.get(), key.get()) == 1, "its key");
  SSL_CTX_set_alpn_select_cb(context.get(), &choose_protocol, const_cast<bool*>(&options.http2));
  return context;
}

}  // namespace

struct TlsServer::State {
  explicit State(TlsServerOptions given) : options(std::move(given)) {}

  void serve(int descriptor);
  void serve_http1(SSL* stream);
  void record(std::string line) {
    const std::lock_guard lock(mutex);
    processed.push_back(std::move(line));
  }

  const TlsServerOptions options;
  Context context = make_context(options);
  mutable std::mutex mutex;
  std::vector<std::string> processed;
  int goaways = 0;
  // last: its threads use all of the above
  SocketServer server{[this](int descriptor) { serve(descriptor); }};
};

namespace {

constexpr std::string_view answer_body = "{}";

struct Http2Request {
  std::string method;
  std::string path;
  std::size_t body = 0;
};

}  // namespace

/// One HTTP/2 connection.
class Http2Connection {
 public:
  using Record = std::function<void(std::string)>;

  Http2Connection(const TlsServerOptions& options, SSL* stream, Record record)
      : options_(options), stream_(stream), record_(std::move(record)) {
    nghttp2_session_callbacks* raw = nullptr;
    nghttp2_session_callbacks_new(&raw);
    const Callbacks callbacks(raw);
    nghttp2_session_callbacks_set_on_header_callback(raw, &on_header);
    nghttp2_session_callbacks_set_on_frame_recv_callback(raw, &on_frame);
    nghttp2_session_callbacks_set_on_data_chunk_recv_callback(raw, &on_data);
    nghttp2_session_callbacks_set_on_stream_close_callback(raw, &on_close);
    nghttp2_session* session = nullptr;
    nghttp2_session_server_new(&session, raw, this);
    session_.reset(session);
    const nghttp2_settings_entry streams{NGHTTP2_SETTINGS_MAX_CONCURRENT_STREAMS, 1000};
    nghttp2_submit_settings(session, NGHTTP2_FLAG_NONE, &streams, 1);
  }

  /// Until the client goes, or a GOAWAY was said and the last answer is out. True in that case.
  bool run() {
    std::array<char, 16384> buffer{};
    while (write_out() && !(said_goaway_ && answering_ == 0)) {
      const int count = SSL_read(stream_, buffer.data(), buffer.size());
      if (count <= 0) return false;
      const auto size = static_cast<std::size_t>(count);
      const auto* bytes = reinterpret_cast<const std::uint8_t*>(buffer.data());
      if (nghttp2_session_mem_recv(session_.get(), bytes, size) < 0) return false;
    }
    return said_goaway_;
  }

 private:
  static Http2Connection& self(void* pointer) { return *static_cast<Http2Connection*>(pointer); }

  static int on_header(nghttp2_session*, const nghttp2_frame* frame, const std::uint8_t* name,
                       std::size_t name_size, const std::uint8_t* value, std::size_t value_size,
                       std::uint8_t, void* pointer) {
    const std::string_view header(reinterpret_cast<const char*>(name), name_size);
    const std::string text(reinterpret_cast<const char*>(value), value_size);
    Http2Request& request = self(pointer).requests_[frame->hd.stream_id];
    if (header == ":method") request.method = text;
    if (header == ":path") request.path = text;
    return 0;
  }
  static int on_data(nghttp2_session*, std::uint8_t, std::int32_t id, const std::uint8_t*,
                     std::size_t size, void* pointer) {
    self(pointer).requests_[id].body += size;
    return 0;
  }
  static int on_frame(nghttp2_session*, const nghttp2_frame* frame, void* pointer) {
    const bool may_end = frame->hd.type == NGHTTP2_HEADERS || frame->hd.type == NGHTTP2_DATA;
    if (may_end && (frame->hd.flags & NGHTTP2_FLAG_END_STREAM) != 0) {
      self(pointer).answer(frame->hd.stream_id);
    }
    return 0;
  }
  static int on_close(nghttp2_session*, std::int32_t id, std::uint32_t, void* pointer) {
    if (id <= self(pointer).last_processed_) --self(pointer).answering_;
    return 0;
  }
  static ssize_t read_answer(nghttp2_session*, std::int32_t id, std::uint8_t* buffer, std::size_t,
                             std::uint32_t* flags, nghttp2_data_source* source, void*) {
    auto& connection = self(source->ptr);
    const bool last = id == connection.last_processed_ && connection.is_full();
    if (connection.options_.goaway_within_an_answer && last && !connection.said_goaway_) {
      connection.say_goaway();
      buffer[0] = static_cast<std::uint8_t>(answer_body[0]);
      connection.cut_ = id;
      return 1;
    }
    const std::string_view rest = answer_body.substr(id == connection.cut_ ? 1 : 0);
    *flags |= NGHTTP2_DATA_FLAG_EOF;
    std::memcpy(buffer, rest.data(), rest.size());
    return static_cast<ssize_t>(rest.size());
  }

  bool is_full() const {
    return options_.requests_per_connection > 0 && processed_ == options_.requests_per_connection;
  }

  void answer(std::int32_t id) {
    if (is_full()) return say_goaway();
    ++processed_;
    ++answering_;
    last_processed_ = id;
    const Http2Request& request = requests_[id];
    record_("h2 " + request.method + ' ' + request.path + ' ' + std::to_string(request.body));
    const auto header = [](const char* name, const char* value) {
      return nghttp2_nv{reinterpret_cast<std::uint8_t*>(const_cast<char*>(name)),
                        reinterpret_cast<std::uint8_t*>(const_cast<char*>(value)),
                        std::strlen(name), std::strlen(value), NGHTTP2_NV_FLAG_NONE};
    };
    const std::array headers{header(":status", "200"), header("content-type", "application/json")};
    const nghttp2_data_provider body{{.ptr = this}, &read_answer};
    nghttp2_submit_response(session_.get(), id, headers.data(), headers.size(), &body);
  }

  void say_goaway() {
    if (said_goaway_) return;
    said_goaway_ = true;
    nghttp2_submit_goaway(session_.get(), NGHTTP2_FLAG_NONE, last_processed_, NGHTTP2_NO_ERROR,
                          nullptr, 0);
  }

  bool write_out() {
    while (true) {
      const std::uint8_t* bytes = nullptr;
      const ssize_t size = nghttp2_session_mem_send(session_.get(), &bytes);
      if (size <= 0) return size == 0;
      if (SSL_write(stream_, bytes, static_cast<int>(size)) <= 0) return false;
    }
  }

  const TlsServerOptions& options_;
  SSL* stream_;
  Record record_;
  Session session_;
  std::map<std::int32_t, Http2Request> requests_;
  int processed_ = 0;
  int answering_ = 0;
  std::int32_t last_processed_ = 0;
  std::int32_t cut_ = 0;  ///< whose answer was begun before a GOAWAY
  bool said_goaway_ = false;
};

void TlsServer::State::serve(int descriptor) {
  sigset_t pipe;
  sigemptyset(&pipe);
  sigaddset(&pipe, SIGPIPE);
  pthread_sigmask(SIG_BLOCK, &pipe, nullptr);
  const Stream stream(SSL_new(context.get()));
  SSL_set_fd(stream.get(), descriptor);
  if (SSL_accept(stream.get()) != 1) return;
  const unsigned char* protocol = nullptr;
  unsigned int size = 0;
  SSL_get0_alpn_selected(stream.get(), &protocol, &size);
  if (std::string_view(reinterpret_cast<const char*>(protocol), size) != "h2") {
    serve_http1(stream.get());
  } else if (Http2Connection(options, stream.get(), [this](std::string line) {
               record(std::move(line));
             }).run()) {
    const std::lock_guard lock(mutex);
    ++goaways;
  }
  SSL_shutdown(stream.get());
  // closing with something unread would throw away what the client has not read yet
  shutdown(descriptor, SHUT_WR);
  std::array<char, 4096> unread{};
  while (recv(descriptor, unread.data(), unread.size(), 0) > 0) {}
}

void TlsServer::State::serve_http1(SSL* stream) {
  std::string input;
  std::array<char, 16384> buffer{};
  const auto read_to = [&](std::size_t size) {
    while (input.size() < size) {
      const int count = SSL_read(stream, buffer.data(), buffer.size());
      if (count <= 0) return false;
      input.append(buffer.data(), static_cast<std::size_t>(count));
    }
    return true;
  };
  while (true) {
    std::size_t head = std::string::npos;
    while ((head = input.find("\r\n\r\n")) == std::string::npos) {
      if (!read_to(input.size() + 1)) return;
    }
    const std::size_t length = input.find("Content-Length: ");
    const std::size_t body = length < head ? std::stoul(input.substr(length + 16)) : 0;
    if (!read_to(head + 4 + body)) return;
    const std::size_t target_end = input.find(" HTTP/1.1\r\n");
    record("http/1.1 " + input.substr(0, target_end) + ' ' + std::to_string(body));
    input.erase(0, head + 4 + body);
    constexpr std::string_view answer =
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}";
    if (SSL_write(stream, answer.data(), answer.size()) <= 0) return;
  }
}

TlsServer::TlsServer(TlsServerOptions options)
    : state_(std::make_unique<State>(std::move(options))) {}

TlsServer::~TlsServer() = default;

std::string TlsServer::url() const {
  return "https://localhost:" + std::to_string(state_->server.port());
}

int TlsServer::connections() const {
  return state_->server.connections();
}

std::vector<std::string> TlsServer::processed() const {
  const std::lock_guard lock(state_->mutex);
  return state_->processed;
}

int TlsServer::goaways() const {
  const std::lock_guard lock(state_->mutex);
  return state_->goaways;
}

}  // namespace globus_sdk_test
