// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sys/stat.h>
#include <sys/types.h>

#include <array>
#include <atomic>
#include <chrono>
#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "collections/local_place.hpp"
#include "core/process/file_descriptor.hpp"

namespace globus_sdk::inline v0::detail {

/// Throws FileTransferError for a name that cannot be that of an entry of a local folder: an empty
/// one, `.` and `..`, one with a slash or a NUL in it, and those that downloads use for what has
/// not come as a whole.
void require_entry_name(std::string_view name);

/// The name of the file beside a file in which its bytes are until it is whole.
std::string part_name(const std::string& name);

/// What the system takes to set when a file was changed last, and nothing else of it.
std::array<timespec, 2> times_of_change(std::chrono::sys_seconds time);

/// What an entry is, for messages: `a symbolic link`.
std::string_view kind_of(const struct stat& status);

/// A folder of this machine whose entries are reached by their names alone: nothing that is done
/// through it leads out of it, whatever the names are, and whatever links stand in the folder.
///
/// It holds the folder itself, by a descriptor, and not its path: so it stays the same folder when
/// others rename folders or put links in their place meanwhile. Every step is one name below an
/// open folder (openat, mkdirat, renameat) and never follows a link. A path of several names is
/// several such steps, each with a ConfinedFolder of its own.
///
/// Two names may be one to the file system, where it does not tell capital letters from small ones.
/// What was put in place under one of them is not replaced under the other.
///
/// Every method may be called from many threads at once, and checks the name that it gets by
/// require_entry_name(). A link, a file or a folder that stands where something else has to be is a
/// FileTransferError, and what the system refuses is a LocalFileError.
class ConfinedFolder {
 public:
  using Shared = std::shared_ptr<ConfinedFolder>;
  /// An open folder, and how many folders were made for it.
  struct Made {
    Shared folder;
    int made = 0;
  };

  /// Opens a folder by a path of the caller's own, in which links are followed.
  static Shared open(const std::filesystem::path& path);
  /// The same; the folder is made where it is missing, with those above it.
  static Made make(const std::filesystem::path& path);

  ConfinedFolder(FileDescriptor descriptor, std::string path);

  const FileDescriptor& descriptor() const noexcept { return descriptor_; }
  /// Whether nothing was in it when it was made or opened by make() or make_folder(): what is in it
  /// now is this process's own, unless somebody else works in it at the same time.
  bool was_made_empty() const noexcept { return was_made_empty_; }
  /// The path of an entry, for messages.
  std::string path_of(std::string_view name) const;

  /// Opens a folder in it.
  Shared folder(const std::string& name) const;
  /// The same; the folder is made where it is missing.
  Made make_folder(const std::string& name);
  /// What stands under the name, itself and not what it may lead to; nothing where nothing does.
  std::optional<struct stat> status(const std::string& name) const;
  /// The same for a file: throws where something else stands.
  std::optional<struct stat> file_status(const std::string& name) const;
  /// Opens a file for reading. It may turn out to be something else than an ordinary file.
  FileDescriptor open_file(const std::string& name) const;

  /// Opens part_name(name) for writing: a new file, locked against other processes.
  ///
  /// @param mode the new file's; the umask takes bits from it.
  FileDescriptor open_part(const std::string& name, mode_t mode) const;
  /// Puts that file in the place of whatever file stands under the name.
  void place_part(const FileDescriptor& part, const std::string& name);
  void remove_part(const std::string& name) const noexcept;
  /// Opens a new file that has no name yet, for place_nameless(): it is gone when its descriptor is
  /// closed, and the system has less to do than with a part.
  ///
  /// @return no file where the file system has none without a name, or where a part was left.
  FileDescriptor open_nameless(const std::string& name, mode_t mode);
  /// Puts that file in the place of whatever file stands under the name.
  void place_nameless(const FileDescriptor& file, const std::string& name);
  /// Keeps what stands under the name, as if it had been put in place.
  void keep(const std::string& name, const struct stat& status);
  /// Throws when what stands there was put in place under another name.
  void require_not_placed(const std::string& name, const struct stat& status);
  /// Sets when the file under the name was changed last.
  void set_time(const std::string& name, std::chrono::sys_seconds time) const;
  /// The place of a file, for who writes it by itself.
  LocalPlace place_of(const std::string& name) const;

 private:
  std::optional<struct stat> find(const std::string& name) const;
  void require_other_than_placed(const std::string& name, ino_t inode) const;
  void remember(const std::string& name, ino_t inode);
  bool has_nameless_files(const std::string& free_name);
  FileDescriptor make_nameless(mode_t mode) const;
  bool give_name(const FileDescriptor& file, const std::string& name) const;
  [[noreturn]] void refuse(std::string_view name, const struct stat& there) const;
  [[noreturn]] void fail(std::string_view action, std::string_view name, int error) const;

  const FileDescriptor descriptor_;
  const std::string path_;
  bool was_made_empty_ = false;
  /// Known to be so. As long as it is not known, what was put in place is remembered.
  std::atomic<bool> tells_letters_apart_ = false;
  enum class Nameless { unknown, work, fail };
  std::atomic<Nameless> nameless_ = Nameless::unknown;
  std::mutex mutex_{};
  std::set<ino_t> placed_{};  // guarded by mutex_
};

}  // namespace globus_sdk::inline v0::detail
