// SPDX-License-Identifier: Apache-2.0
// Files that hold secrets: how they are judged, read and replaced.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace globus_sdk::inline v0::detail {

/// What an error number means.
std::string error_text(int error);

/// What an error number of the file system means, and what to do about it.
std::string explain(int error);

/// Where a file's name leads: through symbolic links, also when the file that they name is not
/// there yet.
///
/// @throws TokenStorageError when they lead nowhere.
std::string resolve_links(const std::string& filepath);

/// Makes the folders above a file that are missing, for their owner alone.
///
/// @throws TokenStorageError when one cannot be made.
void make_folders_above(const std::string& filepath);

/// Whether the file is there.
///
/// @throws TokenStorageError when it is no ordinary file, or another user may own, read or write
/// it. It is not opened: closing it again would undo SQLite's locks on it.
bool exists_and_is_private(const std::string& filepath);

/// Makes sure that what was done in a file's folder is on the disk, where the file system can.
///
/// @throws TokenStorageError when it says that it is not.
void sync_folder_of(const std::string& filepath);

/// Of a file at one moment: another one means that it was written to or replaced.
struct FileVersion {
  std::uint64_t device = 0;
  std::uint64_t number = 0;
  std::int64_t size = 0;
  std::int64_t seconds = 0;
  std::int64_t nanoseconds = 0;

  friend bool operator==(const FileVersion&, const FileVersion&) = default;
};

/// Nothing when there is no such file.
std::optional<FileVersion> version_of(const std::string& filepath);

/// The whole of a file; nothing when there is none.
///
/// @throws TokenStorageError as `exists_and_is_private` does, when it cannot be read, and when it
/// is far larger than any file of tokens.
std::optional<std::string> read_private_file(const std::string& filepath);

/// A file that will stand in the place of another one: it is whole, on the disk, and has mode 0600,
/// before it does. So whatever happens, either the old or the new one is there. Until then its name
/// is `FILE.new`, so that there may be only one at a time.
class Replacement {
 public:
  /// @throws TokenStorageError when it cannot be written.
  Replacement(std::string filepath, std::string_view content);
  /// Removes it, unless it was put in place.
  ~Replacement();
  Replacement(const Replacement&) = delete;
  Replacement& operator=(const Replacement&) = delete;

  /// @throws TokenStorageError when that cannot be done; the old file is then there.
  void put_in_place();

 private:
  std::string filepath_;
  std::string new_file_;
  bool in_place_ = false;
};

}  // namespace globus_sdk::inline v0::detail
