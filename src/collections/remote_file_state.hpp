// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <utility>
#include <vector>

#include "collections/block_reader.hpp"
#include "globus_sdk/collections/remote_file.hpp"

namespace globus_sdk::inline v0::detail {

/// What the copies of a RemoteFile share.
class RemoteFileState {
 public:
  /// A file that is in memory as a whole.
  RemoteFileState(FileHead head, std::vector<std::byte> content)
      : head_(std::move(head)), size_(std::ssize(content)), content_(std::move(content)) {}
  /// A file that is read in parts.
  RemoteFileState(FileHead head, std::shared_ptr<BlockReader> reader)
      : head_(std::move(head)), size_(reader->source().file()->size), reader_(std::move(reader)) {}
  ~RemoteFileState() {
    if (reader_) reader_->stop_reading_ahead();
  }
  RemoteFileState(const RemoteFileState&) = delete;
  RemoteFileState& operator=(const RemoteFileState&) = delete;

  const FileHead& head() const noexcept { return head_; }
  std::int64_t size() const noexcept { return size_; }
  std::size_t read_at(std::int64_t offset, std::span<std::byte> buffer);
  std::size_t read_many(std::span<const FileRange> ranges);

 private:
  std::span<std::byte> within_file(std::int64_t offset, std::span<std::byte> buffer) const;
  void copy_content(std::int64_t offset, std::span<std::byte> to) const;

  FileHead head_;
  std::int64_t size_;
  std::vector<std::byte> content_{};       // of a file without a reader
  std::shared_ptr<BlockReader> reader_{};  // which helper threads may use for longer
};

}  // namespace globus_sdk::inline v0::detail
