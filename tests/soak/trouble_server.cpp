// SPDX-License-Identifier: Apache-2.0
#include "soak/trouble_server.hpp"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <charconv>
#include <ctime>
#include <mutex>
#include <string_view>
#include <thread>
#include <unordered_map>
#include <utility>

#include "soak/compressed.hpp"

namespace soak {

namespace asio = boost::asio;
using asio::ip::tcp;

namespace {

constexpr std::string_view head_end = "\r\n\r\n";

/// A request or an answer, read whole.
struct Message {
  std::string first_line{};
  std::string header_lines{};  ///< each with its line end
  std::string body{};

  /// A header's value; the peers here write names in their usual case.
  std::string_view header(std::string_view name) const {
    for (std::size_t begin = 0; begin < header_lines.size();) {
      const std::size_t end = header_lines.find("\r\n", begin);
      const std::string_view line = std::string_view(header_lines).substr(begin, end - begin);
      if (line.size() > name.size() && line.starts_with(name) && line[name.size()] == ':') {
        const std::size_t value = line.find_first_not_of(' ', name.size() + 1);
        return value == line.npos ? std::string_view() : line.substr(value);
      }
      begin = end + 2;
    }
    return {};
  }
  std::size_t content_length() const {
    const std::string_view text = header("Content-Length");
    std::size_t length = 0;
    std::from_chars(text.data(), text.data() + text.size(), length);
    return length;
  }
  std::string method() const { return first_line.substr(0, first_line.find(' ')); }
  std::string target() const {
    const std::size_t begin = first_line.find(' ') + 1;
    return first_line.substr(begin, first_line.find(' ', begin) - begin);
  }
};

Message head_of(const std::string& bytes, std::size_t size) {
  const std::size_t first_end = bytes.find("\r\n");
  Message message;
  message.first_line = bytes.substr(0, first_end);
  message.header_lines = bytes.substr(first_end + 2, size - first_end - 4);
  return message;
}

/// An answer, before it is known how it is written.
struct Answer {
  int status = 200;
  std::string reason = "OK";
  std::string header_lines = "Content-Type: application/json\r\n";
  std::string body{};
  bool is_head_alone = false;   ///< as that to HEAD
  bool comes_as_it_is = false;  ///< the client takes no other form
};

std::string status_line(const Answer& answer) {
  return "HTTP/1.1 " + std::to_string(answer.status) + " " + answer.reason + "\r\n";
}

std::string with_length(const Answer& answer, const std::string& body) {
  return status_line(answer) + answer.header_lines +
         "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

std::string in_chunks(const std::string& body) {
  std::string chunks;
  for (std::size_t begin = 0; begin < body.size();) {
    const std::size_t size = std::min(body.size() - begin, 1 + body.size() / 3);
    std::array<char, 16> number{};
    const auto end = std::to_chars(number.data(), number.data() + number.size(), size, 16).ptr;
    chunks.append(number.data(), end).append("\r\n").append(body, begin, size).append("\r\n");
    begin += size;
  }
  return chunks + "0\r\n\r\n";
}

constexpr std::string_view gzip_line = "Content-Encoding: gzip\r\n";

std::string written(const Answer& answer, Form form) {
  if (answer.is_head_alone) return status_line(answer) + answer.header_lines + "\r\n";
  if (answer.comes_as_it_is || form == Form::plain) return with_length(answer, answer.body);
  Answer packed = answer;
  if (form != Form::chunked) {
    packed.header_lines += gzip_line;
    packed.body = compressed(answer.body);
    if (form == Form::compressed) return with_length(packed, packed.body);
  }
  return status_line(packed) + packed.header_lines + "Transfer-Encoding: chunked\r\n\r\n" +
         in_chunks(packed.body);
}

std::string http_date(std::time_t time) {
  std::tm parts{};
  gmtime_r(&time, &parts);
  std::array<char, 64> text{};
  const std::size_t size =
      std::strftime(text.data(), text.size(), "%a, %d %b %Y %H:%M:%S GMT", &parts);
  return {text.data(), size};
}

std::string retry_after(const Fault& fault) {
  const std::time_t now = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
  switch (fault.trouble) {
    case Trouble::unavailable:
      return "0";
    case Trouble::too_many_seconds:
      return std::to_string(fault.retry_after);
    case Trouble::too_many_date:
      return http_date(now + 1);
    case Trouble::too_many_past:
      return http_date(now - 100 * 86400);
    case Trouble::too_many_absurd:
      return "99999999999999999999";
    default:
      return {};
  }
}

Answer error_answer(const Fault& fault) {
  Answer answer;
  answer.status = fault.status;
  answer.reason = "Trouble";
  answer.body = R"({"code": "Trouble", "message": "planned", "errors": [{"status": 1}]})";
  if (fault.is_page) {
    answer.header_lines = "Content-Type: text/html\r\n";
    answer.body = "<html><body>Trouble</body></html>";
  }
  if (const std::string when = retry_after(fault); !when.empty()) {
    answer.header_lines += "Retry-After: " + when + "\r\n";
  }
  return answer;
}

bool is_one_of_posts_that_are_safe(std::string_view path, std::string_view body) {
  if (path.ends_with("/oauth2/token")) return body.find("client_credentials") != body.npos;
  // a submission has an id, by which the service knows it again
  for (const std::string_view end : {"/token/introspect", "/search", "/validate", "/cancel",
                                     "/v0.10/transfer", "/v0.10/delete"}) {
    if (path.ends_with(end)) return true;
  }
  return false;
}

bool is_safe(const std::string& method, std::string_view target, std::string_view body) {
  if (method == "POST")
    return is_one_of_posts_that_are_safe(target.substr(0, target.find('?')), body);
  // what is written does not depend on what was there
  return method != "PATCH" || target.starts_with("/echo/v1/index/");
}

/// Parts of `/c/CALL/...`
struct Address {
  std::uint64_t call = 0;
  std::string target{};  ///< what comes after
};

Address address_of(const std::string& target) {
  Address address;
  if (!target.starts_with("/c/")) return address;
  const char* const begin = target.data() + 3;
  const auto end = std::from_chars(begin, target.data() + target.size(), address.call).ptr;
  address.target.assign(end, target.data() + target.size());
  return address;
}

/// A call as the server sees it.
struct Conversation {
  Plan plan;
  std::vector<Entry> entries{};
};

/// How the bytes of an answer end.
enum class End { keep, close, reset, stall };

struct Sending {
  std::string bytes{};
  End end = End::keep;
};

std::size_t place_in(const Fault& fault, std::size_t size) {
  return std::min(size - 1, 1 + static_cast<std::size_t>(fault.place * static_cast<double>(size)));
}

/// What is sent of a true answer, where something goes wrong with it or not.
Sending sending_of(const Fault& fault, const Answer& answer, Form form) {
  const bool may_be_packed = !answer.comes_as_it_is && !answer.is_head_alone;
  Answer changed = answer;
  switch (fault.trouble) {
    case Trouble::cut:
    case Trouble::cut_by_reset: {
      std::string whole = written(answer, form);
      whole.resize(place_in(fault, whole.size()));
      return {std::move(whole), fault.trouble == Trouble::cut ? End::close : End::reset};
    }
    case Trouble::stalled: {
      std::string whole = written(answer, form);
      whole.resize(fault.place < 0.3 ? 0 : place_in(fault, whole.size()));
      return {std::move(whole), End::stall};
    }
    case Trouble::not_compressed:
      if (may_be_packed) changed.header_lines += gzip_line;
      return {with_length(changed, answer.body), End::keep};
    case Trouble::cut_compressed: {
      if (!may_be_packed) break;
      changed.header_lines += gzip_line;
      std::string packed = compressed(answer.body);
      packed.resize(place_in(fault, packed.size()));
      return {with_length(changed, packed), End::keep};
    }
    case Trouble::bomb:
      if (!may_be_packed) break;
      changed.header_lines += gzip_line;
      return {with_length(changed, bomb()), End::keep};
    default:
      break;
  }
  return {written(answer, form), End::keep};
}

/// Whether the answer of the sandbox is needed at all.
bool is_worked_on(const Fault& fault) {
  return fault.trouble == Trouble::none || fault.has_effect || fault.trouble == Trouble::stalled;
}

void reset(tcp::socket& socket) {
  const linger at_once{1, 0};
  setsockopt(socket.native_handle(), SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
  boost::system::error_code ignored;
  socket.close(ignored);
}

}  // namespace

std::string answer_text(std::uint64_t seed, std::uint64_t call, std::uint64_t page) {
  Random random(mixed(seed, call, 2000 + page));
  // mostly small, at times some dozen kilobytes
  const std::size_t size = random.below(random.happens(0.05) ? 40'000 : 1000);
  std::string filling(size, 'x');
  for (char& letter : filling) letter = static_cast<char>('a' + random.below(26));
  const std::string name = std::to_string(call) + "-" + std::to_string(page);
  std::string items;
  for (std::uint64_t item = 0; item < items_of_page; ++item) {
    items += (item == 0 ? "" : ", ") + ("{\"id\": \"" + name + "-" + std::to_string(item) + "\"}");
  }
  const bool is_last = page + 1 == pages_of_listing;
  return "{\"call\": " + std::to_string(call) + ", \"flows\": [" + items +
         "], \"has_next_page\": " + (is_last ? "false" : "true") + ", \"marker\": \"" +
         (is_last ? "" : std::to_string(page + 1)) + "\", \"filling\": \"" + filling + "\"}";
}

struct TroubleServer::State {
  State(std::uint16_t of_sandbox, PlanOf of_plans)
      : sandbox_port(of_sandbox), plan_of(std::move(of_plans)) {}

  /// What happens to a request that was noted.
  struct Noted {
    Fault fault{};
    Form form = Form::plain;
    std::uint64_t seed = 0;
    std::size_t number = 0;  ///< of its entry in the call's journal
  };
  Noted note(const Address& address, const Message& request) {
    const std::lock_guard lock(mutex);
    auto found = conversations.find(address.call);
    if (found == conversations.end()) {
      found = conversations.emplace(address.call, Conversation{plan_of(address.call)}).first;
    }
    auto& [plan, entries] = found->second;
    // connections that were refused brought no request
    std::size_t number = entries.size();
    while (plan.fault(number).trouble == Trouble::refused) ++number;
    Entry entry;
    entry.method = request.method();
    entry.target = address.target;
    entry.is_safe_to_repeat = is_safe(entry.method, entry.target, request.body);
    entry.redeems_refresh_token =
        entry.target.ends_with("/oauth2/token") &&
        request.body.find("grant_type=refresh_token") != std::string::npos;
    entry.fault = plan.fault(number);
    entries.push_back(entry);
    ++requests;
    return {entry.fault, plan.form(number), plan.seed, entries.size() - 1};
  }
  void note_answer(std::uint64_t call, std::size_t number, bool had_effect, int status) {
    const std::lock_guard lock(mutex);
    const auto found = conversations.find(call);
    if (found == conversations.end() || number >= found->second.entries.size()) return;
    found->second.entries[number].had_effect = had_effect;
    found->second.entries[number].status = status;
  }

  const std::uint16_t sandbox_port;
  const PlanOf plan_of;
  std::mutex mutex;
  std::unordered_map<std::uint64_t, Conversation> conversations;  // guarded by mutex
  std::atomic<std::uint64_t> requests = 0;
  asio::io_context context{1};
  std::vector<std::shared_ptr<tcp::socket>> idle;  // to the sandbox; of the context's thread
  tcp::acceptor acceptor{context, {asio::ip::make_address("127.0.0.1"), 0}};
  std::thread thread;
};

namespace {

using State = TroubleServer::State;

/// Reads a message whose head is what its Content-Length says; false when the peer goes.
asio::awaitable<bool> read_message(tcp::socket* socket, std::string* input, Message* message,
                                   bool has_body) {
  boost::system::error_code error;
  auto head = asio::async_read_until(*socket, asio::dynamic_buffer(*input), head_end,
                                     asio::redirect_error(asio::use_awaitable, error));
  const std::size_t size = co_await std::move(head);
  if (error) co_return false;
  *message = head_of(*input, size);
  const std::size_t length = has_body ? message->content_length() : 0;
  if (input->size() < size + length) {
    auto body = asio::async_read(*socket, asio::dynamic_buffer(*input),
                                 asio::transfer_exactly(size + length - input->size()),
                                 asio::redirect_error(asio::use_awaitable, error));
    co_await std::move(body);
    if (error) co_return false;
  }
  message->body = input->substr(size, length);
  input->erase(0, size + length);
  co_return true;
}

asio::awaitable<bool> write_bytes(tcp::socket* socket, std::string bytes) {
  boost::system::error_code error;
  auto writing = asio::async_write(*socket, asio::buffer(bytes),
                                   asio::redirect_error(asio::use_awaitable, error));
  co_await std::move(writing);
  co_return !error;
}

/// Sends a request to the sandbox over a connection; false when that is over.
asio::awaitable<bool> exchange(std::shared_ptr<tcp::socket> socket, std::string bytes, bool is_head,
                               Message* answer) {
  auto writing = write_bytes(socket.get(), std::move(bytes));
  const bool is_written = co_await std::move(writing);
  if (!is_written) co_return false;
  std::string input;
  auto reading = read_message(socket.get(), &input, answer, !is_head);
  const bool is_read = co_await std::move(reading);
  co_return is_read;
}

asio::awaitable<bool> ask_sandbox(State* state, std::string bytes, bool is_head, Message* answer) {
  while (!state->idle.empty()) {
    auto socket = state->idle.back();
    state->idle.pop_back();
    // one that the sandbox has closed meanwhile has the end of the connection to be read
    if (!socket->is_open()) continue;
    char byte = 0;
    if (recv(socket->native_handle(), &byte, 1, MSG_PEEK | MSG_DONTWAIT) >= 0) continue;
    auto asking = exchange(socket, bytes, is_head, answer);
    const bool is_answered = co_await std::move(asking);
    if (is_answered && answer->header("Connection") != "close") state->idle.push_back(socket);
    co_return is_answered;
  }
  auto socket = std::make_shared<tcp::socket>(state->context);
  boost::system::error_code error;
  const tcp::endpoint sandbox(asio::ip::make_address("127.0.0.1"), state->sandbox_port);
  auto connecting =
      socket->async_connect(sandbox, asio::redirect_error(asio::use_awaitable, error));
  co_await std::move(connecting);
  if (error) co_return false;
  socket->set_option(tcp::no_delay(true));
  auto asking = exchange(socket, std::move(bytes), is_head, answer);
  const bool is_answered = co_await std::move(asking);
  if (is_answered && answer->header("Connection") != "close") state->idle.push_back(socket);
  co_return is_answered;
}

/// The sandbox' answer without what says how it is written.
Answer answer_of(const Message& message, bool is_head) {
  Answer answer;
  answer.status = std::stoi(message.first_line.substr(9, 3));
  answer.reason = message.first_line.size() > 13 ? message.first_line.substr(13) : "";
  answer.header_lines.clear();
  for (std::size_t begin = 0; begin < message.header_lines.size();) {
    const std::size_t end = message.header_lines.find("\r\n", begin) + 2;
    const std::string line = message.header_lines.substr(begin, end - begin);
    const bool is_of_form = line.starts_with("Connection:") || line.starts_with("Keep-Alive:") ||
                            (line.starts_with("Content-Length:") && !is_head);
    if (!is_of_form) answer.header_lines += line;
    begin = end;
  }
  answer.body = message.body;
  answer.is_head_alone = is_head || answer.status == 204 || answer.status == 304;
  return answer;
}

asio::awaitable<Answer> true_answer(State* state, std::uint64_t seed, Address address,
                                    Message request) {
  const bool is_head = request.method() == "HEAD";
  Answer answer;
  if (address.target.starts_with("/echo/")) {
    std::uint64_t page = 0;
    constexpr std::string_view marker = "marker=";
    const std::size_t found = address.target.find(marker);
    if (found != std::string::npos)
      page = std::stoull(address.target.substr(found + marker.size()));
    answer.body = answer_text(seed, address.call, page);
    answer.is_head_alone = is_head;
  } else {
    std::string bytes = request.method() + " " + address.target + " HTTP/1.1\r\n" +
                        request.header_lines + "\r\n" + request.body;
    Message answered;
    auto asking = ask_sandbox(state, std::move(bytes), is_head, &answered);
    const bool is_answered = co_await std::move(asking);
    if (is_answered) {
      answer = answer_of(answered, is_head);
    } else {
      answer.status = 599;
      answer.reason = "The sandbox did not answer";
    }
  }
  const std::string_view accepted = request.header("Accept-Encoding");
  answer.comes_as_it_is = accepted.find("gzip") == accepted.npos;
  co_return answer;
}

/// Waits until the client goes.
asio::awaitable<void> stay(tcp::socket* socket) {
  std::string unread(4096, '\0');
  boost::system::error_code error;
  while (!error) {
    auto reading = socket->async_read_some(asio::buffer(unread),
                                           asio::redirect_error(asio::use_awaitable, error));
    co_await std::move(reading);
  }
}

/// Answers one request; false when the connection is over.
asio::awaitable<bool> answer_one(State* state, tcp::socket* socket, Message request) {
  const Address address = address_of(request.target());
  if (address.call == 0) co_return false;
  const auto noted = state->note(address, request);
  const Fault fault = noted.fault;
  Answer answer;
  const bool is_worked = is_worked_on(fault);
  if (is_worked) {
    auto working = true_answer(state, noted.seed, address, std::move(request));
    answer = co_await std::move(working);
  }
  if (fault.status != 0) answer = error_answer(fault);
  const bool is_silent = fault.trouble == Trouble::reset || fault.trouble == Trouble::closed;
  state->note_answer(address.call, noted.number, is_worked, is_silent ? 0 : answer.status);
  if (fault.trouble == Trouble::reset) {
    reset(*socket);
    co_return false;
  }
  if (fault.trouble == Trouble::closed) co_return false;
  Sending sending = fault.status != 0 ? Sending{written(answer, noted.form), End::keep}
                                      : sending_of(fault, answer, noted.form);
  const End end = sending.end;
  auto writing = write_bytes(socket, std::move(sending.bytes));
  const bool is_written = co_await std::move(writing);
  if (!is_written || end == End::close) co_return false;
  if (end == End::reset) reset(*socket);
  if (end == End::stall) {
    auto staying = stay(socket);
    co_await std::move(staying);
  }
  co_return end == End::keep;
}

/// Whether the client wants to speak TLS, which begins with a byte that no request begins with.
asio::awaitable<bool> wants_tls(tcp::socket* socket) {
  boost::system::error_code error;
  auto waiting =
      socket->async_wait(tcp::socket::wait_read, asio::redirect_error(asio::use_awaitable, error));
  co_await std::move(waiting);
  char first = 0;
  constexpr char handshake = 22;
  co_return recv(socket->native_handle(), &first, 1, MSG_PEEK | MSG_DONTWAIT) == 1 &&
      first == handshake;
}

asio::awaitable<void> serve(State* state, tcp::socket socket) {
  boost::system::error_code ignored;
  socket.set_option(tcp::no_delay(true), ignored);
  auto looking = wants_tls(&socket);
  const bool is_tls = co_await std::move(looking);
  if (is_tls) co_return;
  std::string input;
  bool goes_on = true;
  while (goes_on) {
    Message request;
    auto reading = read_message(&socket, &input, &request, true);
    const bool is_read = co_await std::move(reading);
    if (!is_read) break;
    auto answering = answer_one(state, &socket, std::move(request));
    goes_on = co_await std::move(answering);
  }
}

asio::awaitable<void> accept_all(State* state, tcp::acceptor* acceptor) {
  while (true) {
    boost::system::error_code error;
    auto accepting = acceptor->async_accept(asio::redirect_error(asio::use_awaitable, error));
    tcp::socket socket = co_await std::move(accepting);
    if (error == asio::error::operation_aborted || error == asio::error::bad_descriptor) break;
    if (!error) asio::co_spawn(state->context, serve(state, std::move(socket)), asio::detached);
  }
}

}  // namespace

TroubleServer::TroubleServer(std::uint16_t sandbox_port, PlanOf plan_of)
    : state_(std::make_shared<State>(sandbox_port, std::move(plan_of))) {
  asio::co_spawn(state_->context, accept_all(state_.get(), &state_->acceptor), asio::detached);
  state_->thread = std::thread([state = state_.get()] { state->context.run(); });
}

TroubleServer::~TroubleServer() {
  state_->context.stop();
  state_->thread.join();
}

std::uint16_t TroubleServer::port() const {
  return state_->acceptor.local_endpoint().port();
}

std::string TroubleServer::url_of(std::uint64_t call, std::uint16_t port) {
  return "http://127.0.0.1:" + std::to_string(port) + "/c/" + std::to_string(call);
}

std::vector<Entry> TroubleServer::end(std::uint64_t call) {
  const std::lock_guard lock(state_->mutex);
  const auto found = state_->conversations.find(call);
  if (found == state_->conversations.end()) return {};
  std::vector<Entry> entries = std::move(found->second.entries);
  state_->conversations.erase(found);
  return entries;
}

std::uint64_t TroubleServer::requests() const {
  return state_->requests;
}

/// Lives until the server has taken note that the door is gone.
struct TroubleServer::Door::Listening {
  explicit Listening(asio::io_context& context) : acceptor(context) {}

  tcp::acceptor acceptor;
};

namespace {

asio::awaitable<void> accept_through(State* state, [[maybe_unused]] std::shared_ptr<void> owner,
                                     tcp::acceptor* acceptor) {
  auto accepting = accept_all(state, acceptor);
  co_await std::move(accepting);
}

}  // namespace

TroubleServer::Door::Door(const TroubleServer& server)
    : state_(server.state_), listening_(std::make_shared<Listening>(state_->context)) {
  listening_->acceptor.open(tcp::v4());
  listening_->acceptor.bind({asio::ip::make_address("127.0.0.1"), 0});
}

TroubleServer::Door::~Door() {
  for (const int descriptor : blocking_) close(descriptor);
  asio::post(state_->context, [listening = std::move(listening_)] {
    boost::system::error_code ignored;
    listening->acceptor.close(ignored);
  });
}

std::uint16_t TroubleServer::Door::port() const {
  return listening_->acceptor.local_endpoint().port();
}

void TroubleServer::Door::open() {
  listen(listening_->acceptor.native_handle(), 16);
  asio::co_spawn(state_->context, accept_through(state_.get(), listening_, &listening_->acceptor),
                 asio::detached);
}

void TroubleServer::Door::block() {
  // the queue of connections that wait takes one, and is full then
  listen(listening_->acceptor.native_handle(), 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port());
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  for (int filler = 0; filler < 2; ++filler) {
    const int descriptor = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    static_cast<void>(
        connect(descriptor, reinterpret_cast<const sockaddr*>(&address), sizeof address));
    blocking_.push_back(descriptor);
  }
}

}  // namespace soak
