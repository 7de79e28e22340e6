// SPDX-License-Identifier: Apache-2.0
#pragma once

// A server with one file, which it sends in parts, and the SDK's way to open it.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <functional>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "collections/remote_file_open.hpp"
#include "support/recording_server.hpp"
#include "transport/both_modes.hpp"

namespace globus_sdk_test {

/// Bytes of which those of no two places in a file are the same for long.
inline std::string content_of(std::size_t size) {
  std::string text(size, '\0');
  std::uint32_t state = 12345;
  for (char& c : text) {
    state = state * 1664525U + 1013904223U;
    c = static_cast<char>(state >> 24U);
  }
  return text;
}

struct AskedBytes {
  std::size_t first = 0;
  std::size_t last = 0;

  std::size_t size() const { return last - first + 1; }
  friend bool operator==(const AskedBytes&, const AskedBytes&) = default;
};

inline std::optional<AskedBytes> asked_bytes(const RecordedRequest& request) {
  AskedBytes asked;
  const std::string range = request.header("range");
  if (std::sscanf(range.c_str(), "bytes=%zu-%zu", &asked.first, &asked.last) != 2) {
    return std::nullopt;
  }
  return asked;
}

class PartsServer {
 public:
  using Change = std::function<void(const RecordedRequest& request, RecordedAnswer& answer)>;

  explicit PartsServer(std::string content, Change change = nullptr)
      : content_(std::move(content)), change_(std::move(change)) {}

  std::string url() const { return server_.url(); }
  int connections() const { return server_.connections(); }
  std::vector<RecordedRequest> requests() const { return server_.requests(); }
  /// What was asked for, in the order of the requests.
  std::vector<AskedBytes> asked() const {
    std::vector<AskedBytes> all;
    for (const RecordedRequest& request : requests()) {
      if (const auto asked = asked_bytes(request)) all.push_back(*asked);
    }
    return all;
  }
  void clear() { server_.clear(); }

  /// The answer to a request that came some other way.
  RecordedAnswer respond(const RecordedRequest& request) {
    RecordedAnswer answer = as_it_should_be(request);
    if (change_) change_(request, answer);
    return answer;
  }
  /// The file changes.
  void replace(std::string content, std::string etag, std::string last_modified) {
    const std::lock_guard lock(mutex_);
    content_ = std::move(content);
    etag_ = std::move(etag);
    last_modified_ = std::move(last_modified);
  }

 private:
  RecordedAnswer as_it_should_be(const RecordedRequest& request) {
    const std::lock_guard lock(mutex_);
    const std::string if_match = request.header("if-match");
    const std::string unmodified_since = request.header("if-unmodified-since");
    if ((!if_match.empty() && if_match != etag_) ||
        (!unmodified_since.empty() && unmodified_since != last_modified_)) {
      return {412, "{}"};
    }
    RecordedAnswer answer{200, content_, {{"Accept-Ranges", "bytes"}}};
    if (!etag_.empty()) answer.headers.emplace_back("ETag", etag_);
    if (!last_modified_.empty()) answer.headers.emplace_back("Last-Modified", last_modified_);
    const auto asked = asked_bytes(request);
    if (!asked) return answer;
    const std::string size = std::to_string(content_.size());
    if (asked->first >= content_.size()) {
      return {416, "{}", {{"Content-Range", "bytes */" + size}}};
    }
    const std::size_t last = std::min(asked->last, content_.size() - 1);
    answer.status = 206;
    answer.body = content_.substr(asked->first, last - asked->first + 1);
    answer.headers.emplace_back("Content-Range", "bytes " + std::to_string(asked->first) + '-' +
                                                     std::to_string(last) + '/' + size);
    return answer;
  }

  std::mutex mutex_;
  std::string content_;
  std::string etag_ = "\"one\"";
  std::string last_modified_ = "Mon, 01 Jan 2024 00:00:00 GMT";
  Change change_;
  RecordingServer server_{[this](const RecordedRequest& request) { return respond(request); }};
};

inline globus_sdk::RemoteFile open_at(const std::string& url,
                                      const globus_sdk::OpenFileOptions& options = {},
                                      const globus_sdk::CallSettings& settings = {},
                                      std::int64_t retries = 0) {
  const PlainClient client(options_for(url, retries));
  return globus_sdk::detail::open_remote_file(client.with(settings).connection(), "/data/a.h5",
                                              options);
}

inline std::string read_text(const globus_sdk::RemoteFile& file, std::int64_t offset,
                             std::size_t size) {
  std::string text(size, '?');
  const std::size_t count = file.read_at(offset, std::as_writable_bytes(std::span(text)));
  text.resize(count);
  return text;
}

}  // namespace globus_sdk_test
