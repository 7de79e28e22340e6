// SPDX-License-Identifier: Apache-2.0
#include "sandbox/server/outgoing_answer.hpp"

#include <unistd.h>

#include <algorithm>
#include <boost/beast/http/status.hpp>
#include <cerrno>
#include <cstring>
#include <utility>

#include "sandbox/base/text.hpp"
#include "sandbox/base/time_text.hpp"

namespace globus_sandbox {

namespace {

namespace http = boost::beast::http;

/// How much is copied in one go.
constexpr std::uint64_t copied_at_once = 256UL * 1024UL;

/// A header's value, without what would end the line.
std::string one_line(std::string_view value) {
  std::string result(value);
  std::erase_if(result, [](char c) { return c == '\r' || c == '\n' || c == '\0'; });
  return result;
}

bool has_no_body(const HttpResponse& response) {
  return response.status == 204 || response.status == 304;
}

std::uint64_t body_size(const HttpResponse& response) {
  std::uint64_t size = response.body.size();
  for (const auto& part : response.parts) size += part.before.size() + (part.file ? part.size : 0);
  return size;
}

std::string head_of(const HttpResponse& response, bool closes) {
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
  if (!has_no_body(response))
    text += "Content-Length: " + std::to_string(body_size(response)) + "\r\n";
  if (closes) text += "Connection: close\r\n";
  return text += "\r\n";
}

/// Reads from a file; fewer bytes only where it ends or cannot be read.
std::size_t read_at(int descriptor, std::uint64_t offset, char* to, std::size_t count) {
  std::size_t done = 0;
  while (done < count) {
    const ssize_t got =
        ::pread(descriptor, to + done, count - done, static_cast<off_t>(offset + done));
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) break;
    done += static_cast<std::size_t>(got);
  }
  return done;
}

}  // namespace

OutgoingAnswer::OutgoingAnswer(HttpResponse response, bool head_only, bool closes) {
  add_text(head_of(response, closes));
  head_size_ = left_;
  if (head_only || has_no_body(response)) return;
  add_text(std::move(response.body));
  for (auto& part : response.parts) {
    add_text(std::move(part.before));
    if (part.file) add_file(std::move(part.file), part.offset, part.size);
  }
}

void OutgoingAnswer::add_text(std::string text) {
  if (text.empty()) return;
  const std::uint64_t size = text.size();
  pieces_.push_back({std::move(text), nullptr, 0, size});
  left_ += size;
}

void OutgoingAnswer::add_file(std::shared_ptr<const FileDescriptor> file, std::uint64_t offset,
                              std::uint64_t size) {
  if (size == 0) return;
  pieces_.push_back({{}, std::move(file), offset, size});
  left_ += size;
}

std::optional<FileRange> OutgoingAnswer::file_ahead() const {
  if (is_done() || !pieces_[first_].file) return std::nullopt;
  const Piece& piece = pieces_[first_];
  return FileRange{piece.file->get(), piece.offset + within_, piece.size - within_};
}

std::string_view OutgoingAnswer::gather(std::uint64_t most, std::string& storage) const {
  if (is_done()) return {};
  const Piece& next = pieces_[first_];
  const bool is_large = next.size - within_ >= copied_at_once;
  if (!next.file && (is_large || first_ + 1 == pieces_.size()))
    return std::string_view(next.text).substr(within_, most);
  storage.resize(std::min({most, left_, copied_at_once}));
  std::size_t filled = 0;
  std::uint64_t from = within_;
  for (std::size_t i = first_; filled < storage.size(); ++i) {
    const std::size_t wanted =
        std::min<std::uint64_t>(storage.size() - filled, pieces_[i].size - from);
    const std::size_t copied = copy(pieces_[i], from, storage.data() + filled, wanted);
    filled += copied;
    if (copied < wanted) break;
    from = 0;
  }
  return {storage.data(), filled};
}

std::size_t OutgoingAnswer::copy(const Piece& piece, std::uint64_t from, char* to,
                                 std::size_t count) {
  if (piece.file) return read_at(piece.file->get(), piece.offset + from, to, count);
  std::memcpy(to, piece.text.data() + from, count);
  return count;
}

void OutgoingAnswer::skip(std::uint64_t count) {
  sent_ += count;
  left_ -= count;
  within_ += count;
  while (first_ < pieces_.size() && within_ >= pieces_[first_].size) {
    within_ -= pieces_[first_].size;
    pieces_[first_++] = {};
  }
}

}  // namespace globus_sandbox
