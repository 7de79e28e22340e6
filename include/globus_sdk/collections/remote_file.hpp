// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>

#include "globus_sdk/collections/file_head.hpp"

namespace globus_sdk::inline v0 {

namespace detail {
class RemoteFileState;
}  // namespace detail

/// A place in a file, and where its bytes go.
struct FileRange {
  /// Bytes from the file's beginning.
  std::int64_t offset = 0;
  /// Where the bytes go: as many as fit.
  std::span<std::byte> buffer{};
};

/// A file of a collection, open for reading at any place: for programs that read parts of large
/// files. `GCSCollectionClient::open` gives one.
///
/// It is a handle: copies are cheap and share their cache, and any number of threads may read at
/// once. All that is read is of one state of the file: when the file changes on the collection, the
/// next read that has to ask for bytes throws FileChangedError. Deadline, timeout and stop token
/// are those of the client that opened the file, for each read.
class RemoteFile {
 public:
  /// For the SDK's own use.
  explicit RemoteFile(std::shared_ptr<detail::RemoteFileState> state);

  /// The file's size in bytes.
  std::int64_t size() const noexcept;
  /// What the collection said of the file when it was opened.
  const FileHead& head() const noexcept;

  /// Reads the bytes from `offset` on.
  ///
  /// @param offset bytes from the file's beginning.
  /// @param buffer where the bytes go.
  /// @return how many bytes were read: fewer than the buffer has room for only at the file's end,
  ///   and 0 from there on.
  /// @throws FileChangedError; GlobusSDKUsageError for an offset below 0; GlobusAPIError and
  ///   NetworkError when the collection cannot give the bytes.
  std::size_t read_at(std::int64_t offset, std::span<std::byte> buffer) const;

  /// Reads several parts. What lies near each other is fetched together, and the requests run at
  /// the same time.
  ///
  /// @param ranges in any order; they may overlap.
  /// @return how many bytes were read in all.
  std::size_t read_many(std::span<const FileRange> ranges) const;

 private:
  std::shared_ptr<detail::RemoteFileState> state_;
};

}  // namespace globus_sdk::inline v0
