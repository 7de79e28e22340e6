// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "collections/byte_ranges.hpp"
#include "collections/file_digest.hpp"
#include "collections/local_place.hpp"
#include "collections/part_state.hpp"
#include "core/process/file_descriptor.hpp"

namespace globus_sdk::inline v0::detail {

/// The file beside a local file in which its bytes are until it is whole: `.NAME.globus-part`. What
/// has to be known to go on after a break is in `.NAME.globus-part-state`, for files that are large
/// enough to be worth it. Both are their owner's alone.
///
/// As long as the object lives, no other one of this or another process has the file. When it goes
/// before the file was put in place, what can be used later stays; nothing else does.
///
/// write() may be called from many threads at once, the rest from one. What the system refuses is a
/// LocalFileError.
class PartFile {
 public:
  /// Opens the file, or makes it, and finds out which of its bytes can be used.
  ///
  /// @param resumes whether bytes that are there may be used, and bytes that come are to be kept.
  PartFile(LocalPlace place, DownloadedFile of, bool resumes);
  ~PartFile();
  PartFile(const PartFile&) = delete;
  PartFile& operator=(const PartFile&) = delete;

  /// The file that the bytes are of; nothing as long as there are none.
  const std::optional<ServedFile>& file() const noexcept { return file_; }
  /// How many bytes are there.
  std::int64_t count() const;
  /// What of the file is not there.
  std::vector<FilePart> missing() const;

  /// Forgets all bytes.
  void restart();
  /// The bytes that follow are of this file. Makes sure that there is room for them, as far as the
  /// file system can.
  void begin(const ServedFile& file);
  /// Takes bytes of the file.
  void write(std::int64_t offset, std::span<const std::byte> bytes);
  /// Has the digests take those bytes of the file that they have not.
  ///
  /// @param size of the file.
  void complete(FileDigests& digests, std::int64_t size) const;
  /// Puts the file in place, with what was written to it.
  ///
  /// @param size of the file.
  /// @param time that it gets, if any.
  void put_in_place(std::int64_t size, std::optional<std::chrono::system_clock::time_point> time);

  /// Makes sure that a later download can use the bytes, also after the machine was started anew.
  void keep() noexcept;
  /// Removes the file: its bytes are of no use.
  void discard() noexcept;

 private:
  void open_locked();
  bool open_once();
  std::optional<PartState> read_state() const;
  void save_state(bool is_synced);
  void save_now_and_then();
  void reserve(std::int64_t size) const;
  void set_times(std::chrono::system_clock::time_point time) const;
  [[noreturn]] void fail(int error) const;

  const LocalPlace place_;
  const std::string part_name_;
  const std::string state_name_;
  const DownloadedFile of_;
  const bool resumes_;
  const std::int64_t largest_size_;  ///< that the process may write
  FileDescriptor file_descriptor_{};
  std::optional<ServedFile> file_{};
  bool keeps_state_ = false;  ///< the bytes are worth to be kept, and can be told again
  bool has_ended_ = false;    ///< it is in place, was kept or was removed

  std::mutex saving_;
  mutable std::mutex mutex_;
  ByteRanges done_{};                                 // guarded by mutex_
  std::chrono::steady_clock::time_point saved_at_{};  // guarded by mutex_
};

}  // namespace globus_sdk::inline v0::detail
