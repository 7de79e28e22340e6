// SPDX-License-Identifier: Apache-2.0
#include "globus_sdk/collections/remote_file.hpp"

#include <algorithm>
#include <cstring>

#include "collections/file_ranges.hpp"
#include "collections/remote_file_state.hpp"
#include "core/arguments/not_negative.hpp"

namespace globus_sdk::inline v0 {

namespace detail {

std::size_t RemoteFileState::read_at(std::int64_t offset, std::span<std::byte> buffer) {
  const std::span<std::byte> to = within_file(offset, buffer);
  if (to.empty()) return 0;
  if (reader_) {
    reader_->read(offset, to);
  } else {
    copy_content(offset, to);
  }
  return to.size();
}

std::size_t RemoteFileState::read_many(std::span<const FileRange> ranges) {
  for (const FileRange& range : ranges) not_negative("offset", range.offset);
  std::size_t count = 0;
  std::vector<FileRange> missing;
  for (const FileRange& range : ranges) {
    const std::span<std::byte> to = within_file(range.offset, range.buffer);
    count += to.size();
    if (to.empty()) continue;
    if (!reader_) {
      copy_content(range.offset, to);
    } else if (!reader_->read_cached(range.offset, to)) {
      missing.push_back({range.offset, to});
    }
  }
  if (missing.empty()) return count;
  ReadLimits limits(reader_->source().connection());
  fetch_ranges(reader_->source(), missing, limits.connection());
  return count;
}

/// What of the buffer the file can fill.
std::span<std::byte> RemoteFileState::within_file(std::int64_t offset,
                                                  std::span<std::byte> buffer) const {
  not_negative("offset", offset);
  if (offset >= size_) return {};
  return buffer.first(
      static_cast<std::size_t>(std::min<std::int64_t>(std::ssize(buffer), size_ - offset)));
}

void RemoteFileState::copy_content(std::int64_t offset, std::span<std::byte> to) const {
  std::memcpy(to.data(), content_.data() + offset, to.size());
}

}  // namespace detail

RemoteFile::RemoteFile(std::shared_ptr<detail::RemoteFileState> state) : state_(std::move(state)) {}

std::int64_t RemoteFile::size() const noexcept {
  return state_->size();
}

const FileHead& RemoteFile::head() const noexcept {
  return state_->head();
}

std::size_t RemoteFile::read_at(std::int64_t offset, std::span<std::byte> buffer) const {
  return state_->read_at(offset, buffer);
}

std::size_t RemoteFile::read_many(std::span<const FileRange> ranges) const {
  return state_->read_many(ranges);
}

}  // namespace globus_sdk::inline v0
