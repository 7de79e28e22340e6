// SPDX-License-Identifier: Apache-2.0
#include "core/http/exchange.hpp"

#include <openssl/crypto.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <limits>
#include <new>
#include <span>
#include <utility>

#include "core/base/ascii.hpp"
#include "core/base/redacted_url.hpp"
#include "core/base/seconds_text.hpp"
#include "core/http/certificate_failure.hpp"
#include "core/http/curl_versions.hpp"
#include "core/http/resolved_transport_settings.hpp"
#include "core/http/url.hpp"
#include "globus_sdk/core/globus_error.hpp"

namespace globus_sdk::inline v0::detail {

namespace {

// less than any libcurl takes, so that it is the same with all of them
constexpr std::size_t largest_head = std::size_t{256} << 10;
constexpr std::size_t most_headers = 4000;
constexpr std::int64_t large_upload = std::int64_t{1} << 20;
// of what a sink or a source is for: libcurl's own are made for pages
constexpr long streaming_buffer = 256L << 10;
// a server may announce what it likes
constexpr curl_off_t largest_reserve = curl_off_t{64} << 20;
constexpr long most_redirects = 30;

void require_ok(CURLcode code) {
  if (code != CURLE_OK) {
    throw GlobusError(std::string("libcurl refuses a setting: ") + curl_easy_strerror(code));
  }
}

template <class Value> void set(CURL* easy, CURLoption option, Value value) {
  require_ok(curl_easy_setopt(easy, option, value));
}

/// Asks for larger buffers. libcurl refuses that of a handle whose last transfer found no host: the
/// buffer is still there then, and does as well.
void suggest_size(CURL* easy, CURLoption of_buffer) {
  static_cast<void>(curl_easy_setopt(easy, of_buffer, streaming_buffer));
}

Slist append(Slist list, const std::string& line) {
  curl_slist* longer = curl_slist_append(list.get(), line.c_str());
  if (longer == nullptr) throw std::bad_alloc();
  static_cast<void>(list.release());
  return Slist(longer);
}

/// Whether a server ended a connection that was in use: one of HTTP/2, or each of those that
/// libcurl went to by itself, none of which was new.
bool is_end_of_connection(CURL* easy, CURLcode code) {
  long new_connections = 0;
  curl_easy_getinfo(easy, CURLINFO_NUM_CONNECTS, &new_connections);
  const bool is_cut =
      code == CURLE_SEND_ERROR || code == CURLE_RECV_ERROR || code == CURLE_GOT_NOTHING;
  return code == CURLE_HTTP2 || (is_cut && new_connections == 0);
}

struct StatusLine {
  bool is_valid = false;
  std::string_view reason{};
};

/// `HTTP/1.1 200 OK`, in which the reason may be missing. libcurl's versions differ in what else
/// they take: the first three digits of a longer number, more than one space, any version of HTTP.
StatusLine read_status_line(std::string_view line) {
  constexpr std::array<std::string_view, 4> versions{"HTTP/1.0", "HTTP/1.1", "HTTP/2", "HTTP/3"};
  const bool is_known =
      std::ranges::find(versions, line.substr(0, line.find(' '))) != versions.end();
  const std::string_view rest = line.substr(std::min(line.find(' '), line.size() - 1) + 1);
  const std::string_view status = rest.substr(0, rest.find(' '));
  const bool is_number = std::ranges::all_of(status, [](char c) { return c >= '0' && c <= '9'; });
  return {.is_valid = is_known && status.size() == 3 && is_number,
          .reason = rest.substr(std::min(status.size() + 1, rest.size()))};
}

/// What this libcurl decompresses. Asked to find out for itself, it makes the list for each call.
///
/// Nothing that has a destructor: a static client may still call when such a static is gone.
const char* accepted_encodings() {
  static const std::array<char, 64> list = [] {
    const auto features = static_cast<unsigned>(curl_version_info(CURLVERSION_NOW)->features);
    std::string names = "deflate, gzip";
    if ((features & CURL_VERSION_LIBZ) == 0) names = "identity";
    if ((features & CURL_VERSION_BROTLI) != 0) names += ", br";
    if ((features & CURL_VERSION_ZSTD) != 0) names += ", zstd";
    std::array<char, 64> text{};
    names.copy(text.data(), text.size() - 1);
    return text;
  }();
  return list.data();
}

long connect_timeout(const OutgoingRequest& request) {
  return request.timeout ? static_cast<long>(request.timeout->count())
                         : std::numeric_limits<int>::max();
}

}  // namespace

/// The C functions that libcurl calls. What one of them threw would leave libcurl in the middle of
/// the call, and its handle of no more use.
struct ExchangeCallbacks {
  static std::size_t header(char* data, std::size_t size, std::size_t count,
                            void* exchange) noexcept {
    auto& self = *static_cast<Exchange*>(exchange);
    try {
      return self.on_header({data, size * count}) ? size * count : 0;
    } catch (...) {
      self.has_no_memory_ = true;
      return 0;
    }
  }
  static std::size_t body(char* data, std::size_t size, std::size_t count,
                          void* exchange) noexcept {
    auto& self = *static_cast<Exchange*>(exchange);
    std::size_t taken = 0;
    try {
      taken = self.on_body({data, size * count});
    } catch (...) {
      self.has_no_memory_ = true;
    }
    // libcurl offers once more what had to wait
    const bool waits = taken == CURL_WRITEFUNC_PAUSE;
    if (self.request_.carries_secret && !waits) OPENSSL_cleanse(data, size * count);
    return taken;
  }
  /// libcurl shows what it has sent where it stands: there it is wiped, since libcurl keeps the
  /// buffer, or frees it as it is.
  static int sent(CURL*, curl_infotype type, char* data, std::size_t size, void*) {
    if (type == CURLINFO_HEADER_OUT || type == CURLINFO_DATA_OUT) OPENSSL_cleanse(data, size);
    return 0;
  }
  static std::size_t read(char* buffer, std::size_t size, std::size_t count, void* exchange) {
    return static_cast<Exchange*>(exchange)->on_read(buffer, size * count);
  }
  static int seek(void* exchange, curl_off_t offset, int origin) {
    const bool to_start = offset == 0 && origin == SEEK_SET;
    return to_start && static_cast<Exchange*>(exchange)->on_rewind() ? CURL_SEEKFUNC_OK
                                                                     : CURL_SEEKFUNC_FAIL;
  }
};

Exchange::Exchange(EasyHandle& handle, const ResolvedTransportSettings& settings,
                   const OutgoingRequest& request, const BodyDoors& doors)
    : handle_(handle),
      easy_(handle.easy.get()),
      settings_(settings),
      request_(request),
      doors_(doors) {
  const auto plain = plain_get();
  if (!plain || handle_.set_up_for != plain) set_up();
  handle_.set_up_for.reset();  // until this has ended well
  error_text_[0] = '\0';
  set(easy_, CURLOPT_ERRORBUFFER, error_text_.data());
  certificates_.watch(easy_);
  set_url();
  set_headers();
  set(easy_, CURLOPT_HEADERDATA, static_cast<void*>(this));
  set(easy_, CURLOPT_WRITEDATA, static_cast<void*>(this));
  answer_.method = request_.method;
  answer_.url = request_.url;
}

/// What the request is for its handle, when it is a GET of which nothing is special.
std::optional<PlainGet> Exchange::plain_get() const {
  const bool special = request_.method != "GET" || sends_body() || !request_.repeatable ||
                       request_.carries_secret || request_.on_new_connection ||
                       !settings_.connect_to.empty();
  if (special) return std::nullopt;
  return PlainGet{.https = request_.destination.https,
                  .proxied = proxy() != nullptr,
                  .to_sink = doors_.answer != nullptr,
                  .connect_timeout = connect_timeout(request_)};
}

/// The proxy that the request goes through; null for none.
const ProxyServer* Exchange::proxy() const {
  return proxy_for(settings_, request_.destination);
}

/// Whether the next request may use the handle as this one has left it. Not so after HTTP/2: what
/// comes after a GOAWAY would fail.
bool Exchange::leaves_handle_as_it_was() const {
  long version = 0;
  long redirects = 0;
  curl_easy_getinfo(easy_, CURLINFO_HTTP_VERSION, &version);
  curl_easy_getinfo(easy_, CURLINFO_REDIRECT_COUNT, &redirects);
  return (version == CURL_HTTP_VERSION_1_1 || version == CURL_HTTP_VERSION_1_0) && redirects == 0;
}

/// All that does not change from one plain GET to the next.
void Exchange::set_up() {
  curl_easy_reset(easy_);
  set(easy_, CURLOPT_NOSIGNAL, 1L);
  leave_look_up_behind(easy_);
  set_transfer();
  set_body();
  set_connection();
  if (request_.carries_secret) set_wiping();
  set(easy_, CURLOPT_HEADERFUNCTION, &ExchangeCallbacks::header);
  set(easy_, CURLOPT_WRITEFUNCTION, &ExchangeCallbacks::body);
}

/// Leaves no secret in libcurl's own buffers. It shows them to who wants to know all that it does;
/// nothing of that is written anywhere.
void Exchange::set_wiping() {
  set(easy_, CURLOPT_VERBOSE, 1L);
  set(easy_, CURLOPT_DEBUGFUNCTION, &ExchangeCallbacks::sent);
}

void Exchange::set_url() {
  set(easy_, CURLOPT_URL, request_.url.c_str());
  // read here, since libcurl would also write the URL anew after it has read one itself: a seventh
  // of all that it does for a call
  set(easy_, CURLOPT_CURLU, handle_.url.read(request_.url));
}

void Exchange::set_transfer() {
  const bool https = request_.destination.https;
  // a redirect never leaves TLS
  require_ok(limit_protocols(easy_, https ? RedirectsTo::https : RedirectsTo::http_or_https));
  // libcurl itself drops Authorization when a redirect leads to another host, and nothing else
  set(easy_, CURLOPT_FOLLOWLOCATION, request_.carries_secret ? 0L : 1L);
  set(easy_, CURLOPT_MAXREDIRS, most_redirects);
  // what goes to a sink is counted, and asked for in parts: it has to come as it is
  const bool to_sink = doors_.answer != nullptr;
  set(easy_, CURLOPT_ACCEPT_ENCODING, to_sink ? nullptr : accepted_encodings());
  if (to_sink) {
    suggest_size(easy_, CURLOPT_BUFFERSIZE);
    // the head of an answer to CONNECT is none of the server's
    set(easy_, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
  }
  set(easy_, CURLOPT_CONNECTTIMEOUT_MS, connect_timeout(request_));
  set_security();  // for http too: a redirect may lead to https
}

void Exchange::set_security() {
  set(easy_, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
  set(easy_, CURLOPT_SSL_VERIFYPEER, settings_.verify ? 1L : 0L);
  set(easy_, CURLOPT_SSL_VERIFYHOST, settings_.verify ? 2L : 0L);
  // with a CA folder set, libcurl would load the bundle anew for each connection: 17 ms of CPU
  set(easy_, CURLOPT_CAPATH,
      settings_.ca_directory.empty() ? nullptr : settings_.ca_directory.c_str());
  if (!settings_.ca_file.empty()) set(easy_, CURLOPT_CAINFO, settings_.ca_file.c_str());
  // libcurl cannot say whether a server that ends an HTTP/2 connection had processed a request, and
  // spins while it uploads much to a slow reader
  const bool large = request_.body_size() >= large_upload;
  set(easy_, CURLOPT_HTTP_VERSION,
      static_cast<long>(large || !request_.repeatable ? CURL_HTTP_VERSION_1_1
                                                      : CURL_HTTP_VERSION_2TLS));
  // a burst of requests waits for the first connection, which may take them all by HTTP/2; without
  // TLS only the first answer would say that it does not, and may be long in coming
  set(easy_, CURLOPT_PIPEWAIT, request_.destination.https ? 1L : 0L);
}

void Exchange::set_proxy() {
  const ProxyServer* through = proxy();
  // said for none too: libcurl would ask the environment
  set(easy_, CURLOPT_PROXY, through != nullptr ? through->url.c_str() : "");
  if (through == nullptr) return;
  set(easy_, CURLOPT_NOPROXY, settings_.no_proxy.c_str());
  if (!through->https) return;
  set(easy_, CURLOPT_PROXY_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
  set(easy_, CURLOPT_PROXY_SSL_VERIFYPEER, settings_.verify ? 1L : 0L);
  set(easy_, CURLOPT_PROXY_SSL_VERIFYHOST, settings_.verify ? 2L : 0L);
  if (!settings_.ca_directory.empty()) {
    set(easy_, CURLOPT_PROXY_CAPATH, settings_.ca_directory.c_str());
  }
  if (!settings_.ca_file.empty()) set(easy_, CURLOPT_PROXY_CAINFO, settings_.ca_file.c_str());
}

void Exchange::set_connection() {
  set_proxy();
  for (const std::string& entry : settings_.connect_to) {
    connect_to_list_ = append(std::move(connect_to_list_), entry);
  }
  if (request_.on_new_connection) set(easy_, CURLOPT_FRESH_CONNECT, 1L);
  if (connect_to_list_) set(easy_, CURLOPT_CONNECT_TO, connect_to_list_.get());
}

bool Exchange::sends_body() const {
  if (request_.method == "HEAD") return false;
  return request_.body || request_.source || request_.method == "POST" ||
         request_.method == "PUT" || request_.method == "PATCH";
}

void Exchange::set_body() {
  if (request_.method == "HEAD") {
    set(easy_, CURLOPT_NOBODY, 1L);
    return;
  }
  const bool has_body = request_.body || request_.source;
  if (sends_body()) {
    set(easy_, CURLOPT_POST, 1L);
    const std::int64_t size = request_.body_size();
    set(easy_, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(size));
    // a redirect leaves the method as it is, and so must not leave the body behind: an empty PUT
    // would take the place of what is there. A POST becomes a GET, as in browsers
    if (request_.method != "POST") {
      set(easy_, CURLOPT_POSTREDIR, static_cast<long>(CURL_REDIR_POST_ALL));
    }
    if (doors_.request != nullptr) {
      suggest_size(easy_, CURLOPT_UPLOAD_BUFFERSIZE);
      doors_.request->rewind();  // where that fails, so does the first read
    }
    const bool from_memory = !doors_.request && request_.repeatable && !request_.carries_secret;
    if (from_memory || size == 0) {
      set(easy_, CURLOPT_POSTFIELDS, request_.body ? request_.body->data() : "");
    } else {
      // libcurl sends a request again by itself when a reused connection closes without an answer;
      // it cannot where the body does not rewind, and what may do its work twice must not be
      // resent. And libcurl would put it together with the head, in memory that it frees as it is
      set(easy_, CURLOPT_READFUNCTION, &ExchangeCallbacks::read);
      set(easy_, CURLOPT_READDATA, static_cast<void*>(this));
      set(easy_, CURLOPT_SEEKFUNCTION, &ExchangeCallbacks::seek);
      set(easy_, CURLOPT_SEEKDATA, static_cast<void*>(this));
    }
    // without a body there is nothing to rewind: only a new connection is surely not a stale one
    if (!request_.repeatable && size == 0) set(easy_, CURLOPT_FRESH_CONNECT, 1L);
  }
  if (request_.method != "GET" && request_.method != "POST") {
    set(easy_, CURLOPT_CUSTOMREQUEST, request_.method.c_str());
  } else if (request_.method == "GET" && !has_body) {
    set(easy_, CURLOPT_HTTPGET, 1L);
  } else if (request_.method == "GET") {
    set(easy_, CURLOPT_CUSTOMREQUEST, "GET");
  }
}

void Exchange::set_headers() {
  // a list over texts that are there already: libcurl reads it and keeps nothing of it
  static char no_content_type[] = "Content-Type:";
  static char no_expect[] = "Expect:";
  static char as_it_is[] = "Accept-Encoding: identity";
  header_list_.reserve(request_.header_lines.size() + 4);
  const auto add = [this](const char* line) {
    header_list_.push_back({const_cast<char*>(line), nullptr});
  };
  for (const std::string& line : request_.header_lines) add(line.c_str());
  if (!request_.authorization.empty()) {
    authorization_line_.reserve(15 + request_.authorization.size());
    authorization_line_.append("Authorization: ").append(request_.authorization);
    add(authorization_line_.c_str());
  }
  if (doors_.answer != nullptr) add(as_it_is);
  if (sends_body()) {
    // libcurl would call an empty body a form
    if (!request_.body && !request_.source) add(no_content_type);
    add(no_expect);  // a wait for 100-continue would cost a second
  }
  for (std::size_t next = 1; next < header_list_.size(); ++next) {
    header_list_[next - 1].next = &header_list_[next];
  }
  set(easy_, CURLOPT_HTTPHEADER, header_list_.empty() ? nullptr : header_list_.data());
}

bool Exchange::on_header(std::string_view line) {
  constexpr std::size_t npos = std::string_view::npos;
  active_ = true;
  header_bytes_ += line.size();
  if (header_bytes_ > largest_head || answer_.headers.size() > most_headers) {
    wrong_head_ = "the answer's headers are more than 256 KB, or more than 4000";
    return false;
  }
  while (!line.empty() && (line.back() == '\n' || line.back() == '\r')) line.remove_suffix(1);
  if (line.starts_with("HTTP/")) {  // of a redirect, of a 100-continue, or the answer itself
    answer_.headers = Headers();
    answer_.body.clear();
    head_ended_ = false;
    const StatusLine status = read_status_line(line);
    answer_.reason = status.reason;
    if (!status.is_valid) {
      wrong_head_ =
          "the answer's first line is none of HTTP, or its status no number of three digits";
    }
    return status.is_valid;
  }
  if (line.empty() && !std::exchange(head_ended_, true)) return on_head();
  const std::size_t colon = line.find(':');
  // older libcurl takes both; a line that begins with a space goes on with the one before
  const bool has_no_name =
      colon == npos && !line.empty() && line.front() != ' ' && line.front() != '\t';
  if (has_no_name || line.find('\0') != npos) {
    wrong_head_ = "a header of the answer has no colon, or a byte of zero";
    return false;
  }
  if (colon == npos) return true;
  std::string_view value = line.substr(colon + 1);
  while (!value.empty() && (value.front() == ' ' || value.front() == '\t')) value.remove_prefix(1);
  while (!value.empty() && (value.back() == ' ' || value.back() == '\t')) value.remove_suffix(1);
  answer_.headers.add(line.substr(0, colon), value);
  if (ascii_equal(line.substr(0, colon), "Location")) return on_location(std::string(value));
  return true;
}

/// The head of an answer has ended. That of a redirect, or of a 100-continue, may be one too.
bool Exchange::on_head() {
  if (doors_.answer == nullptr || status() < 200 || status() >= 300) return true;
  answer_.status = static_cast<int>(status());
  sink_has_begun_ = true;
  return doors_.answer->begin(answer_) != Flow::fails;
}

/// The token of a request is for the host that it was made for, with scheme and port. Newer libcurl
/// sees to that too; before 7.83 it sends the token to other ports of that host.
bool Exchange::on_location(const std::string& location) {
  // behind it is a page for a person, which is no answer to any request of ours
  leads_to_login_ = status() >= 300 && status() < 400 && is_authorization_page(location);
  if (leads_to_login_) return false;
  if (authorization_line_.empty() || is_reference_within_origin(request_.url, location)) {
    return true;
  }
  // libcurl reads the line anew for the next request, and sends no header without a value
  constexpr std::string_view name = "Authorization:";
  OPENSSL_cleanse(authorization_line_.data() + name.size(),
                  authorization_line_.size() - name.size());
  authorization_line_.resize(name.size());
  return true;
}

/// @return how many bytes are taken: all of them or none; or that libcurl is to wait.
std::size_t Exchange::on_body(std::string_view bytes) {
  active_ = true;
  if (sink_has_begun_) return to_sink(bytes);
  const auto limit = static_cast<std::size_t>(settings_.max_response_size);
  too_large_ = too_large_ || answer_.body.size() + bytes.size() > limit;
  if (too_large_) return 0;
  if (answer_.body.empty()) reserve_body();
  if (request_.carries_secret) {
    append_wiping(answer_.body, bytes);
  } else {
    answer_.body.append(bytes);
  }
  return bytes.size();
}

std::size_t Exchange::to_sink(std::string_view bytes) {
  const Flow flow = doors_.answer->write(std::as_bytes(std::span(bytes)));
  waits_for_body_ = flow == Flow::waits;
  if (waits_for_body_) return CURL_WRITEFUNC_PAUSE;
  return flow == Flow::goes_on ? bytes.size() : 0;
}

/// Growing by and by would copy a large body several times.
void Exchange::reserve_body() {
  curl_off_t announced = 0;
  curl_easy_getinfo(easy_, CURLINFO_CONTENT_LENGTH_DOWNLOAD_T, &announced);
  const curl_off_t most = std::min<curl_off_t>(settings_.max_response_size, largest_reserve);
  if (announced > 0) answer_.body.reserve(static_cast<std::size_t>(std::min(announced, most)));
}

std::size_t Exchange::on_read(char* buffer, std::size_t room) {
  active_ = true;
  if (doors_.request != nullptr) return from_source(buffer, room);
  const std::string& body = *request_.body;
  const std::size_t count = std::min(room, body.size() - sent_);
  std::memcpy(buffer, body.data() + sent_, count);
  sent_ += count;
  return count;
}

std::size_t Exchange::from_source(char* buffer, std::size_t room) {
  std::size_t count = 0;
  const Flow flow = doors_.request->read(std::as_writable_bytes(std::span(buffer, room)), count);
  waits_for_body_ = flow == Flow::waits;
  if (waits_for_body_) return CURL_READFUNC_PAUSE;
  ends_early_ = flow == Flow::goes_on && count == 0 && std::cmp_less(sent_, request_.source_size);
  if (flow == Flow::fails || ends_early_) return CURL_READFUNC_ABORT;
  sent_ += count;
  return count;
}

void Exchange::resume() {
  active_ = true;
  waits_for_body_ = false;
  curl_easy_pause(easy_, CURLPAUSE_CONT);
}

long Exchange::status() const {
  long status = 0;
  curl_easy_getinfo(easy_, CURLINFO_RESPONSE_CODE, &status);
  return status;
}

bool Exchange::on_rewind() {
  const bool redirected = status() >= 300 && status() < 400;
  if (sent_ > 0 && !redirected && !request_.repeatable) return false;
  if (doors_.request != nullptr && sent_ > 0 && doors_.request->rewind() == Flow::fails) {
    return false;
  }
  sent_ = 0;
  return true;
}

std::optional<Exchange::Clock::time_point> Exchange::silence_ends(Clock::time_point now) {
  if (!request_.timeout) return std::nullopt;
  if (active_ || waits_for_body_) last_activity_ = now;
  active_ = false;
  return last_activity_ + *request_.timeout;
}

bool Exchange::is_silent(Clock::time_point now) {
  curl_off_t uploaded = 0;
  curl_easy_getinfo(easy_, CURLINFO_SIZE_UPLOAD_T, &uploaded);
  curl_off_t connected_after = 0;  // microseconds
  curl_easy_getinfo(easy_, CURLINFO_PRETRANSFER_TIME_T, &connected_after);
  if (uploaded > uploaded_) {
    uploaded_ = uploaded;
    last_activity_ = now;
  } else if (connected_after > 0) {
    last_activity_ =
        std::max(last_activity_, started_ + std::chrono::microseconds(connected_after));
  }
  return now >= last_activity_ + *request_.timeout;
}

bool Exchange::was_sent() const {
  long bytes = 0;
  curl_easy_getinfo(easy_, CURLINFO_REQUEST_SIZE, &bytes);
  return bytes > 0 || sent_ > 0;
}

bool Exchange::is_connected() const {
  curl_off_t connected_after = 0;
  curl_easy_getinfo(easy_, CURLINFO_PRETRANSFER_TIME_T, &connected_after);
  return connected_after > 0;
}

Outcome Exchange::finish(CURLcode code) {
  answer_.status = static_cast<int>(status());
  if (leads_to_login_) {
    answer_.asks_for_login = true;
    return std::move(answer_);
  }
  if (code != CURLE_OK) return failure(code);
  if (auto cause = body_failure()) return failed_body(std::move(cause));  // of an empty body
  // libcurl is content with what came when the connection closes
  if (!head_ended_ || answer_.status < 200) {
    return NetworkFailure{NetworkFailure::Kind::connection,
                          "the connection ended within the headers of the answer", false};
  }
  if (auto refused = refused_redirect(answer_.status)) return std::move(*refused);
  if (leaves_handle_as_it_was()) handle_.set_up_for = plain_get();
  return std::move(answer_);
}

/// What is to be said of an answer that redirects a request which is not to be redirected.
std::optional<NetworkFailure> Exchange::refused_redirect(long status) const {
  if (!request_.carries_secret || status < 300 || status >= 400 || status == 304) {
    return std::nullopt;
  }
  const auto location = answer_.headers.get("Location");
  if (!location) return std::nullopt;
  return NetworkFailure{NetworkFailure::Kind::redirect,
                        "the server redirects (" + std::to_string(status) + ") to " +
                            redacted_url(*location) +
                            ", which is not followed: the request carries a secret",
                        false};
}

/// What the request's sink or source threw.
std::exception_ptr Exchange::body_failure() const {
  std::exception_ptr failure;
  if (doors_.answer != nullptr) failure = doors_.answer->failure();
  if (!failure && doors_.request != nullptr) failure = doors_.request->failure();
  if (!failure && ends_early_) {
    failure = std::make_exception_ptr(GlobusError("BodySource::read: the source ended after " +
                                                  std::to_string(sent_) + " of " +
                                                  std::to_string(request_.source_size) + " bytes"));
  }
  return failure;
}

NetworkFailure Exchange::timed_out() const {
  const std::string text = seconds_text(*request_.timeout);
  if (!is_connected()) {
    return {NetworkFailure::Kind::connection_timeout, "no connection within " + text + " s", true};
  }
  NetworkFailure failure{NetworkFailure::Kind::timeout, "the server was silent for " + text + " s",
                         !was_sent()};
  failure.sink_has_begun = sink_has_begun_;
  return failure;
}

NetworkFailure Exchange::failure(CURLcode code) const {
  using Kind = NetworkFailure::Kind;
  if (auto cause = body_failure()) return failed_body(std::move(cause));
  if (has_no_memory_) return {Kind::connection, "out of memory", false};
  if (too_large_) {
    return {Kind::response_too_large,
            "the answer is larger than max_response_size (" +
                std::to_string(settings_.max_response_size) + " bytes)",
            false};
  }
  if (wrong_head_ != nullptr) return {Kind::connection, wrong_head_, false};
  if (code == CURLE_OPERATION_TIMEDOUT && request_.timeout) return timed_out();
  if (auto reason = certificate_failure(code, certificates_.error(), error_text_.data())) {
    return {Kind::certificate, std::move(*reason), true};
  }
  std::string text = curl_easy_strerror(code);
  std::string_view detail = error_text_.data();
  while (detail.ends_with('\n')) detail.remove_suffix(1);  // of older versions
  if (!detail.empty()) text.append(": ").append(detail);
  NetworkFailure failure{Kind::connection, std::move(text), !was_sent()};
  failure.connection_ended = header_bytes_ == 0 && is_end_of_connection(easy_, code);
  failure.sink_has_begun = sink_has_begun_;
  return failure;
}

const ProxyServer* proxy_for(const ResolvedTransportSettings& settings,
                             const Destination& destination) {
  if (destination.loopback && !settings.proxy_for_loopback) return nullptr;
  const ProxyServer& proxy = destination.https ? settings.https_proxy : settings.http_proxy;
  return proxy.url.empty() ? nullptr : &proxy;
}

bool uses_tls(const ResolvedTransportSettings& settings, const Destination& destination) {
  const ProxyServer* proxy = proxy_for(settings, destination);
  return destination.https || (proxy != nullptr && proxy->https);
}

NetworkFailure deadline_failure(bool surely_not_processed) {
  return {NetworkFailure::Kind::deadline, "the call's deadline passed", surely_not_processed};
}

NetworkFailure failed_body(std::exception_ptr cause) {
  NetworkFailure failure{NetworkFailure::Kind::body, "the request's own sink or source failed",
                         false};
  failure.cause = std::move(cause);
  return failure;
}

NetworkFailure cancelled_failure() {
  return {NetworkFailure::Kind::cancelled, "stop was requested", false};
}

}  // namespace globus_sdk::inline v0::detail
