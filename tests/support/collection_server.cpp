// SPDX-License-Identifier: Apache-2.0
#include "support/collection_server.hpp"

#include <strings.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <charconv>
#include <mutex>
#include <optional>

#include "support/socket_server.hpp"

namespace globus_sdk_test {

namespace {

constexpr std::string_view line_end = "\r\n";
constexpr std::string_view head_end = "\r\n\r\n";

bool is_same_name(std::string_view a, std::string_view b) {
  return a.size() == b.size() && strncasecmp(a.data(), b.data(), a.size()) == 0;
}

/// The text before the first `mark`, which goes with it.
std::string cut_front(std::string& text, std::string_view mark) {
  const std::size_t end = std::min(text.find(mark), text.size());
  std::string front = text.substr(0, end);
  text.erase(0, std::min(end + mark.size(), text.size()));
  return front;
}

RecordedRequest parse_head(std::string head) {
  RecordedRequest request;
  std::string first = cut_front(head, line_end);
  request.method = cut_front(first, " ");
  request.target = cut_front(first, " ");
  while (!head.empty()) {
    std::string line = cut_front(head, line_end);
    std::string name = cut_front(line, ": ");
    std::ranges::transform(name, name.begin(), [](unsigned char letter) {
      return static_cast<char>(std::tolower(letter));
    });
    request.headers.emplace_back(name, line);
  }
  return request;
}

/// One client's connection.
class Conversation {
 public:
  explicit Conversation(int descriptor) : descriptor_(descriptor) {}

  /// The next request with its body; nothing when the client goes.
  std::optional<RecordedRequest> read() {
    while (input_.find(head_end) == std::string::npos) {
      if (!receive()) return std::nullopt;
    }
    RecordedRequest request = parse_head(cut_front(input_, head_end));
    const std::string length = request.header("content-length");
    const std::size_t size = length.empty() ? 0 : std::stoul(length);
    while (input_.size() < size) {
      if (!receive()) return std::nullopt;
    }
    request.body = input_.substr(0, size);
    input_.erase(0, size);
    return request;
  }

  /// False when the client is gone, or nothing more is to come.
  bool write(const CollectionAnswer& answer, bool is_to_head) {
    std::string text = "HTTP/1.1 " + answer.status + "\r\n";
    for (const auto& [name, value] : answer.headers) text += name + ": " + value + "\r\n";
    text += "\r\n";
    if (!is_to_head) text += answer.body;
    if (!send_all(text)) return false;
    for (std::size_t sent = 0; !answer.endlessly.empty() && sent < answer.most;
         sent += answer.endlessly.size()) {
      if (!send_all(answer.endlessly)) return false;
    }
    if (answer.end == Hostility::End::keep) return true;
    finish(answer.end);
    return false;
  }

 private:
  bool receive() {
    std::array<char, 16384> buffer{};
    const ssize_t count = recv(descriptor_, buffer.data(), buffer.size(), 0);
    if (count <= 0) return false;
    input_.append(buffer.data(), static_cast<std::size_t>(count));
    return true;
  }
  bool send_all(std::string_view bytes) const {
    while (!bytes.empty()) {
      const ssize_t count = send(descriptor_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (count <= 0) return false;
      bytes.remove_prefix(static_cast<std::size_t>(count));
    }
    return true;
  }
  void finish(Hostility::End end) {
    if (end == Hostility::End::reset) {
      const linger at_once{1, 0};
      setsockopt(descriptor_, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
      return;
    }
    if (end == Hostility::End::close) shutdown(descriptor_, SHUT_WR);
    while (receive()) input_.clear();  // until the client goes
  }

  int descriptor_;
  std::string input_{};
};

struct Range {
  std::size_t first = 0;
  std::size_t last = 0;
};

/// The one range that a request asks for; nothing when it asks for none, or for what there is not.
std::optional<Range> read_range(const std::string& header, std::size_t size) {
  const std::string_view unit = "bytes=";
  if (!header.starts_with(unit)) return std::nullopt;
  const char* const end = header.data() + header.size();
  Range range{0, size - 1};
  const auto first = std::from_chars(header.data() + unit.size(), end, range.first);
  if (first.ptr + 1 < end) std::from_chars(first.ptr + 1, end, range.last);
  range.last = std::min(range.last, size - 1);
  return range.first <= range.last ? std::optional(range) : std::nullopt;
}

CollectionAnswer json_answer(const std::string& status, const boost::json::object& document) {
  CollectionAnswer answer{.status = status, .body = serialize(document)};
  answer.set("Content-Type", "application/json");
  answer.set("Content-Length", std::to_string(answer.body.size()));
  return answer;
}

CollectionAnswer empty_answer(const std::string& status) {
  CollectionAnswer answer{.status = status};
  answer.set("Content-Length", "0");
  return answer;
}

}  // namespace

void CollectionAnswer::set(const std::string& name, const std::string& value) {
  drop(name);
  headers.emplace_back(name, value);
}

void CollectionAnswer::drop(std::string_view name) {
  std::erase_if(headers, [name](const auto& header) { return is_same_name(header.first, name); });
}

struct CollectionServer::State {
  State(std::string text, Lie answer_lie, std::vector<std::string> listed)
      : content(std::move(text)), lie(std::move(answer_lie)), names(std::move(listed)) {}

  void serve(int descriptor) {
    Conversation conversation(descriptor);
    while (const auto request = conversation.read()) {
      if (!conversation.write(answer(*request), request->method == "HEAD")) return;
    }
  }

  CollectionAnswer answer(const RecordedRequest& request) {
    const std::lock_guard lock(mutex);
    const bool is_listing = request.target.find("/operation/endpoint/") != std::string::npos;
    if (!is_listing) requests.push_back(request);
    CollectionAnswer answer = is_listing ? listing(request) : file(request);
    if (lie) lie(request, answer);
    return answer;
  }

  CollectionAnswer listing(const RecordedRequest& request) const {
    boost::json::array entries;
    const bool is_first_page = request.target.find("offset=") == std::string::npos ||
                               request.target.find("offset=0") != std::string::npos;
    for (const std::string& name : is_first_page ? names : std::vector<std::string>()) {
      entries.push_back({{"DATA_TYPE", "file"},
                         {"name", name},
                         {"type", "file"},
                         {"size", content.size()},
                         {"last_modified", "2026-01-01 00:00:00+00:00"},
                         {"link_target", nullptr}});
    }
    return json_answer(
        "200 OK",
        {{"DATA_TYPE", "file_list"}, {"path", "/"}, {"total", names.size()}, {"DATA", entries}});
  }

  CollectionAnswer file(const RecordedRequest& request) {
    const std::string expected = request.header("if-match");
    if (!expected.empty() && expected != etag() && expected != "*") {
      return json_answer("412 Precondition Failed", {{"code", "PreconditionFailed"}});
    }
    if (request.method == "PUT") {
      set_content(request.body);
      return empty_answer("201 Created");
    }
    if (request.method == "DELETE") return empty_answer("204 No Content");
    return part(request);
  }

  CollectionAnswer part(const RecordedRequest& request) const {
    CollectionAnswer answer{.body = content};
    const std::string unchanged = request.header("if-range");
    if (unchanged.empty() || unchanged == etag()) {
      if (const auto range = read_range(request.header("range"), content.size())) {
        answer.status = "206 Partial Content";
        answer.body = content.substr(range->first, range->last + 1 - range->first);
        answer.set("Content-Range", "bytes " + std::to_string(range->first) + "-" +
                                        std::to_string(range->last) + "/" +
                                        std::to_string(content.size()));
      }
    }
    answer.set("Content-Type", "application/octet-stream");
    answer.set("Content-Length", std::to_string(answer.body.size()));
    answer.set("Accept-Ranges", "bytes");
    answer.set("ETag", etag());
    answer.set("Last-Modified", "Thu, 01 Jan 2026 00:00:00 GMT");
    return answer;
  }

  std::string etag() const { return "\"state-" + std::to_string(changes) + "\""; }
  void set_content(std::string text) {
    content = std::move(text);
    ++changes;
  }

  mutable std::mutex mutex;
  std::string content;
  Lie lie;
  std::vector<std::string> names;
  int changes = 0;
  std::vector<RecordedRequest> requests{};
  SocketServer server{[this](int descriptor) { serve(descriptor); }};  // ends first
};

CollectionServer::CollectionServer(std::string content, Lie lie, std::vector<std::string> names)
    : state_(std::make_unique<State>(std::move(content), std::move(lie), std::move(names))) {}

CollectionServer::~CollectionServer() = default;

std::string CollectionServer::url() const {
  return state_->server.url();
}

std::string CollectionServer::content() const {
  const std::lock_guard lock(state_->mutex);
  return state_->content;
}

void CollectionServer::change(std::string content) {
  const std::lock_guard lock(state_->mutex);
  state_->set_content(std::move(content));
}

std::vector<RecordedRequest> CollectionServer::requests() const {
  const std::lock_guard lock(state_->mutex);
  return state_->requests;
}

int CollectionServer::connections() const {
  return state_->server.connections();
}

}  // namespace globus_sdk_test
