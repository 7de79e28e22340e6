// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sys/socket.h>

#include <array>
#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include "support/recording_server.hpp"
#include "support/socket_server.hpp"

namespace globus_sdk_test {

/// An answer that need not be right.
struct FileAnswer {
  std::string status = "200 OK";
  std::vector<std::pair<std::string, std::string>> headers{};
  std::string body{};
  /// After so many bytes of the body the connection ends.
  std::optional<std::size_t> cut_after{};
  /// After so many bytes of the body nothing comes for a while.
  std::optional<std::size_t> pause_after{};
  std::chrono::milliseconds pause{0};

  /// Sets a header, in place of one of that name.
  FileAnswer& with(const std::string& name, const std::string& value) {
    without(name);
    headers.emplace_back(name, value);
    return *this;
  }
  FileAnswer& without(const std::string& name) {
    std::erase_if(headers, [&](const auto& header) { return header.first == name; });
    return *this;
  }
};

/// A file as an honest server has it.
struct ServedContent {
  std::string content{};
  std::string etag = "\"1\"";
  std::string last_modified = "Tue, 06 Jan 2026 10:20:30 GMT";
  bool has_ranges = true;

  /// What an honest server answers.
  FileAnswer answer(const RecordedRequest& request) const {
    FileAnswer answer;
    if (!etag.empty()) answer.with("ETag", etag);
    if (!last_modified.empty()) answer.with("Last-Modified", last_modified);
    answer.with("Date", "Wed, 07 Jan 2026 00:00:00 GMT");
    if (has_ranges) answer.with("Accept-Ranges", "bytes");
    const std::string range = request.header("range");
    const std::string condition = request.header("if-range");
    const bool is_same = condition.empty() || condition == etag || condition == last_modified;
    if (!has_ranges || range.empty() || !is_same) {
      answer.body = content;
      return answer.with("Content-Length", std::to_string(content.size()));
    }
    char* rest = nullptr;
    const std::size_t first = std::strtoull(range.c_str() + 6, &rest, 10);
    std::size_t last = content.size() - 1;
    if (rest[1] != '\0') last = std::min<std::size_t>(last, std::strtoull(rest + 1, nullptr, 10));
    if (first >= content.size()) {
      answer.status = "416 Range Not Satisfiable";
      answer.with("Content-Range", "bytes */" + std::to_string(content.size()));
      return answer.with("Content-Length", "0");
    }
    answer.status = "206 Partial Content";
    answer.body = content.substr(first, last - first + 1);
    answer.with("Content-Range", "bytes " + std::to_string(first) + '-' + std::to_string(last) +
                                     '/' + std::to_string(content.size()));
    return answer.with("Content-Length", std::to_string(answer.body.size()));
  }
};

/// A server on loopback that answers with a function, and keeps what it received. Bodies may break
/// off, unlike those of a RecordingServer.
class FileServer {
 public:
  /// @param number of the request, from 1.
  using Respond = std::function<FileAnswer(const RecordedRequest& request, int number)>;

  explicit FileServer(Respond respond)
      : respond_(std::move(respond)), server_([this](int descriptor) { serve(descriptor); }) {}
  explicit FileServer(ServedContent content)
      : FileServer([content = std::move(content)](const RecordedRequest& request, int) {
          return content.answer(request);
        }) {}

  std::string url() const { return server_.url(); }
  std::vector<RecordedRequest> requests() const {
    const std::lock_guard lock(mutex_);
    return requests_;
  }
  int connections() const { return server_.connections(); }

 private:
  static bool send_all(int descriptor, std::string_view bytes) {
    while (!bytes.empty()) {
      const ssize_t count = send(descriptor, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (count <= 0) return false;
      bytes.remove_prefix(static_cast<std::size_t>(count));
    }
    return true;
  }

  static std::optional<RecordedRequest> read_request(int descriptor) {
    std::string input;
    std::array<char, 16384> buffer{};
    while (input.find("\r\n\r\n") == std::string::npos) {
      const ssize_t count = recv(descriptor, buffer.data(), buffer.size(), 0);
      if (count <= 0) return std::nullopt;
      input.append(buffer.data(), static_cast<std::size_t>(count));
    }
    RecordedRequest request;
    request.method = input.substr(0, input.find(' '));
    request.target = input.substr(request.method.size() + 1);
    request.target.resize(request.target.find(' '));
    std::size_t line = input.find("\r\n") + 2;
    for (std::size_t end = 0; (end = input.find("\r\n", line)) != line; line = end + 2) {
      const std::size_t colon = input.find(": ", line);
      std::string name = input.substr(line, colon - line);
      for (char& letter : name) letter = static_cast<char>(std::tolower(letter));
      request.headers.emplace_back(name, input.substr(colon + 2, end - colon - 2));
    }
    return request;
  }

  void serve(int descriptor) {
    while (const auto request = read_request(descriptor)) {
      int number = 0;
      {
        const std::lock_guard lock(mutex_);
        requests_.push_back(*request);
        number = static_cast<int>(requests_.size());
      }
      const FileAnswer answer = respond_(*request, number);
      std::string head = "HTTP/1.1 " + answer.status + "\r\n";
      for (const auto& [name, value] : answer.headers) head += name + ": " + value + "\r\n";
      if (!send_all(descriptor, head + "\r\n")) return;
      std::string_view body = answer.body;
      if (answer.pause_after) {
        if (!send_all(descriptor, body.substr(0, *answer.pause_after))) return;
        body.remove_prefix(*answer.pause_after);
        std::this_thread::sleep_for(answer.pause);
      }
      if (!send_all(descriptor, body.substr(0, answer.cut_after.value_or(body.size())))) return;
      if (answer.cut_after) return;
    }
  }

  const Respond respond_;
  mutable std::mutex mutex_;
  std::vector<RecordedRequest> requests_{};
  SocketServer server_;
};

}  // namespace globus_sdk_test
