// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sys/stat.h>
#include <sys/types.h>

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "sandbox/base/file_descriptor.hpp"

namespace globus_sandbox::transfer {

/// A folder that nothing done through it can leave: not by `..`, not by symbolic links, not by a
/// race with whoever moves folders and links meanwhile.
///
/// Paths are relative to the folder, as bytes, without a leading '/'; the empty path is the folder
/// itself. The kernel resolves them (openat2 with RESOLVE_BENEATH and RESOLVE_NO_MAGICLINKS); where
/// it cannot, every step is taken by itself with O_NOFOLLOW and links are followed here. Links that
/// stay inside are followed unless said otherwise; links that lead outside, absolute ones included,
/// fail with EXDEV.
///
/// Failures are std::system_error with the errno of the call. A sandbox that runs as root does
/// without root's power: the permission bits of a file's owner hold for it too. Const, and safe to
/// use from many threads.
class ConfinedFolder {
 public:
  /// How paths are resolved: by the kernel where it can, or always step by step.
  enum class Resolution { automatic, stepwise };

  /// Opens `folder`, which must be a directory.
  explicit ConfinedFolder(const std::filesystem::path& folder,
                          Resolution resolution = Resolution::automatic);

  /// Whether the folder that is open is the one at that path now: it may have been removed and made
  /// anew.
  bool is_at(const std::filesystem::path& folder) const;

  /// A directory and the name of an entry in it that may or may not exist.
  struct Entry {
    FileDescriptor directory;
    std::string name;
  };

  /// Opens a directory for listing it.
  FileDescriptor open_directory(std::string_view path) const;
  /// Opens a file for reading; never blocks on a FIFO. It may turn out to be something else than a
  /// regular file.
  FileDescriptor open_for_reading(std::string_view path) const;
  /// Opens the directory that holds `path`, for changing its entries. Fails with EBUSY for the
  /// folder itself.
  Entry open_parent(std::string_view path) const;

  /// Status of what `path` stands for, links followed.
  struct stat status(std::string_view path) const;
  /// Status of `path` itself: a link is not followed when it is the last component.
  struct stat link_status(std::string_view path) const;
  /// What the symbolic link `path` holds; fails with EINVAL when it is none.
  std::string link_target(std::string_view path) const;

  /// Makes a directory, whose parent must exist. The umask takes bits from `mode`.
  void make_directory(std::string_view path, mode_t mode = 0777) const;
  /// Makes a directory and those above it where they are missing, all for their owner alone. True
  /// when the last one was made by this call.
  bool make_directories(std::string_view path) const;
  /// Renames inside the folder; fails with EEXIST where `to` exists.
  void rename(std::string_view from, std::string_view to) const;

 private:
  FileDescriptor open(std::string_view path, int flags, bool follow_last = true) const;
  FileDescriptor open_by_kernel(std::string_view path, int flags, bool follow_last) const;
  FileDescriptor open_stepwise(std::string_view path, int flags, bool follow_last) const;
  void check_search_permission(std::string_view path) const;

  FileDescriptor root_;
  bool by_kernel_ = false;
  bool is_root_user_ = false;
};

/// Names of a directory's entries, without "." and "..", in the order of the file system.
std::vector<std::string> names_in(const FileDescriptor& directory);

/// Status of an entry of an open directory, links not followed.
struct stat entry_status(const FileDescriptor& directory, const std::string& name);

/// What the symbolic link `name` in an open directory holds.
std::string entry_link_target(const FileDescriptor& directory, const std::string& name);

/// Joins two relative paths, either of which may be empty.
std::string join_path(std::string_view first, std::string_view second);

/// Everything before the last component; empty when there is none.
std::string parent_of(std::string_view path);

/// The last component.
std::string last_name_of(std::string_view path);

}  // namespace globus_sandbox::transfer
