// SPDX-License-Identifier: Apache-2.0
#include "collections/confined_folder.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdint>
#include <cstdio>
#include <system_error>
#include <utility>

#include "collections/folder_names.hpp"
#include "core/base/ascii.hpp"
#include "core/base/one_line.hpp"
#include "globus_sdk/collections/errors.hpp"

namespace globus_sdk::inline v0::detail {

namespace {

namespace fs = std::filesystem;

constexpr std::string_view part_suffix = ".globus-part";
/// Of what is known of a part that may be gone on with.
constexpr std::string_view state_suffix = "-state";
constexpr std::size_t longest_name = 255;
constexpr int most_attempts = 100;

/// Every entry is reached with these: no link is followed, and nothing waits for whoever is at the
/// other end of a pipe.
constexpr int careful = O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY;

/// A text of always the same eight characters for a name (FNV-1a, 32 bits).
std::string digest_of(std::string_view name) {
  std::uint32_t hash = 2166136261U;
  for (const char c : name) hash = (hash ^ static_cast<unsigned char>(c)) * 16777619U;
  std::string text(8, '0');
  for (auto digit = text.rbegin(); digit != text.rend(); ++digit, hash >>= 4U) {
    *digit = "0123456789abcdef"[hash & 0xFU];
  }
  return text;
}

/// What is wrong with a name; empty for nothing.
std::string_view fault_of(std::string_view name) {
  if (name.empty()) return "is empty";
  if (name == "." || name == "..") return "leads to another folder";
  if (name.find('/') != std::string_view::npos) return "has a slash in it";
  if (name.find('\0') != std::string_view::npos) return "has a NUL in it";
  if (name.starts_with('.') && name.find(part_suffix) != std::string_view::npos) {
    return "is kept for files that have not come as a whole";
  }
  return {};
}

/// The name with its capital letters small, and the other way round.
std::string with_other_letters(std::string name) {
  std::ranges::transform(name, name.begin(), [](char c) {
    const char lower = ascii_lower(c);
    return lower == c ? ascii_upper(c) : lower;
  });
  return name;
}

struct stat status_of(const FileDescriptor& file, const std::string& path) {
  struct stat status{};
  if (fstat(file.get(), &status) != 0) throw LocalFileError("read", path, errno);
  return status;
}

/// Whether the lock was free. File systems without locks have none to be held by others.
bool try_lock(const FileDescriptor& file) {
  return unless_interrupted([&] { return flock(file.get(), LOCK_EX | LOCK_NB); }) == 0 ||
         errno != EWOULDBLOCK;
}

FileDescriptor open_folder(int parent, const char* path, int flags) {
  return FileDescriptor(unless_interrupted(
      [&] { return openat(parent, path, O_RDONLY | O_DIRECTORY | O_CLOEXEC | flags); }));
}

/// A folder that may not be read may have anything in it.
bool is_empty(const ConfinedFolder& folder) {
  try {
    return FolderNames(folder).next(1).empty();
  } catch (const LocalFileError&) {
    return false;
  }
}

}  // namespace

void require_entry_name(std::string_view name) {
  const std::string_view fault = fault_of(name);
  if (fault.empty()) return;
  throw FileTransferError("the name '" + one_line(std::string(name)) +
                          "' cannot be that of a local file or folder: it " + std::string(fault));
}

std::string part_name(const std::string& name) {
  constexpr std::size_t beginning = 200;
  std::string part = "." + name;
  if (part.size() + part_suffix.size() > longest_name) {
    part.resize(beginning);
    part += "." + digest_of(name);
  }
  return part.append(part_suffix);
}

std::array<timespec, 2> times_of_change(std::chrono::sys_seconds time) {
  return {timespec{.tv_sec = 0, .tv_nsec = UTIME_OMIT},
          timespec{.tv_sec = time.time_since_epoch().count(), .tv_nsec = 0}};
}

std::string_view kind_of(const struct stat& status) {
  switch (status.st_mode & S_IFMT) {
    case S_IFREG:
      return "a file";
    case S_IFDIR:
      return "a folder";
    case S_IFLNK:
      return "a symbolic link";
    case S_IFIFO:
      return "a named pipe";
    case S_IFSOCK:
      return "a socket";
    default:
      return "a device";
  }
}

ConfinedFolder::ConfinedFolder(FileDescriptor descriptor, std::string path)
    : descriptor_(std::move(descriptor)), path_(std::move(path)) {}

ConfinedFolder::Shared ConfinedFolder::open(const fs::path& path) {
  FileDescriptor descriptor = open_folder(AT_FDCWD, path.c_str(), 0);
  if (!descriptor) throw LocalFileError("open the folder", path.native(), errno);
  return std::make_shared<ConfinedFolder>(std::move(descriptor), path.native());
}

ConfinedFolder::Made ConfinedFolder::make(const fs::path& path) {
  std::error_code error;
  int missing = 0;
  for (fs::path above = fs::absolute(path, error); !error && !fs::exists(above, error);
       above = above.parent_path()) {
    if (above.has_filename()) ++missing;
  }
  error.clear();
  fs::create_directories(path, error);
  if (error) throw LocalFileError("make the folder", path.native(), error.value());
  Shared made = open(path);
  made->was_made_empty_ = is_empty(*made);
  return {std::move(made), missing};
}

std::string ConfinedFolder::path_of(std::string_view name) const {
  return one_line(path_ + (path_.ends_with('/') ? "" : "/") + std::string(name));
}

ConfinedFolder::Shared ConfinedFolder::folder(const std::string& name) const {
  require_entry_name(name);
  FileDescriptor descriptor = open_folder(descriptor_.get(), name.c_str(), O_NOFOLLOW);
  if (!descriptor) fail("open the folder", name, errno);
  return std::make_shared<ConfinedFolder>(std::move(descriptor), path_of(name));
}

ConfinedFolder::Made ConfinedFolder::make_folder(const std::string& name) {
  require_entry_name(name);
  const bool is_new = mkdirat(descriptor_.get(), name.c_str(), 0777) == 0;
  if (!is_new && errno != EEXIST) fail("make the folder", name, errno);
  Shared made = folder(name);
  keep(name, status_of(made->descriptor(), path_of(name)));
  made->was_made_empty_ = is_new || is_empty(*made);
  return {std::move(made), is_new ? 1 : 0};
}

std::optional<struct stat> ConfinedFolder::status(const std::string& name) const {
  require_entry_name(name);
  return find(name);
}

std::optional<struct stat> ConfinedFolder::find(const std::string& name) const {
  struct stat status{};
  if (fstatat(descriptor_.get(), name.c_str(), &status, AT_SYMLINK_NOFOLLOW) == 0) return status;
  if (errno != ENOENT) throw LocalFileError("look at", path_of(name), errno);
  return std::nullopt;
}

std::optional<struct stat> ConfinedFolder::file_status(const std::string& name) const {
  auto there = status(name);
  if (there && !S_ISREG(there->st_mode)) refuse(name, *there);
  return there;
}

FileDescriptor ConfinedFolder::open_file(const std::string& name) const {
  require_entry_name(name);
  FileDescriptor file(unless_interrupted(
      [&] { return openat(descriptor_.get(), name.c_str(), O_RDONLY | careful); }));
  if (!file) fail("read", name, errno);
  return file;
}

/// Whoever holds the lock of the file that stands under the part's name may write to it, and may
/// remove it. So a file whose lock is free is nobody's: it is left from a process that was ended.
FileDescriptor ConfinedFolder::open_part(const std::string& name, mode_t mode) const {
  require_entry_name(name);
  const std::string part = part_name(name);
  const auto open_it = [&](int flags) {
    return FileDescriptor(unless_interrupted(
        [&] { return openat(descriptor_.get(), part.c_str(), O_RDWR | careful | flags, mode); }));
  };
  for (int attempt = 0; attempt < most_attempts; ++attempt) {
    FileDescriptor fresh = open_it(O_CREAT | O_EXCL);
    if (!fresh && errno != EEXIST) throw LocalFileError("write", path_of(part), errno);
    if (fresh) {
      // another process may have taken it for one that was left, before its lock was held
      if (try_lock(fresh) && status_of(fresh, path_of(part)).st_nlink > 0) return fresh;
      continue;
    }
    const FileDescriptor left = open_it(0);
    if (left && !try_lock(left)) break;
    const auto there = find(part);
    if (!there || (left && there->st_ino != status_of(left, path_of(part)).st_ino)) continue;
    if (unlinkat(descriptor_.get(), part.c_str(), 0) != 0 && errno != ENOENT) {
      throw LocalFileError("remove", path_of(part), errno);
    }
    unlinkat(descriptor_.get(), (part + std::string(state_suffix)).c_str(), 0);
  }
  throw FileTransferError(path_of(name) + " is being downloaded already: " + path_of(part) +
                          " is in use");
}

void ConfinedFolder::place_part(const FileDescriptor& part, const std::string& name) {
  require_entry_name(name);
  const std::string part_of_name = part_name(name);
  const auto rename = [&] {
    if (renameat(descriptor_.get(), part_of_name.c_str(), descriptor_.get(), name.c_str()) != 0) {
      fail("write", name, errno);
    }
  };
  if (tells_letters_apart_) return rename();
  const std::lock_guard lock(mutex_);
  if (const auto there = find(name)) require_other_than_placed(name, there->st_ino);
  rename();
  remember(name, status_of(part, path_of(name)).st_ino);
}

void ConfinedFolder::remove_part(const std::string& name) const noexcept {
  unlinkat(descriptor_.get(), part_name(name).c_str(), 0);
}

FileDescriptor ConfinedFolder::open_nameless(const std::string& name, mode_t mode) {
  require_entry_name(name);
  const std::string part = part_name(name);
  if ((!was_made_empty_ && find(part)) || !has_nameless_files(part)) return {};
  return make_nameless(mode);
}

/// Some file systems make such a file and give it no name, and some processes have no /proc. It is
/// tried once, with a name that is free.
bool ConfinedFolder::has_nameless_files(const std::string& free_name) {
  if (nameless_ == Nameless::unknown) {
    const FileDescriptor file = make_nameless(S_IRUSR | S_IWUSR);
    const bool has_name = file && give_name(file, free_name);
    if (has_name) unlinkat(descriptor_.get(), free_name.c_str(), 0);
    nameless_ = has_name ? Nameless::work : Nameless::fail;
  }
  return nameless_ == Nameless::work;
}

FileDescriptor ConfinedFolder::make_nameless(mode_t mode) const {
  return FileDescriptor(unless_interrupted(
      [&] { return openat(descriptor_.get(), ".", O_TMPFILE | O_RDWR | O_CLOEXEC, mode); }));
}

/// The short way needs Linux 6.10 or a capability, the other one needs /proc.
bool ConfinedFolder::give_name(const FileDescriptor& file, const std::string& name) const {
  if (linkat(file.get(), "", descriptor_.get(), name.c_str(), AT_EMPTY_PATH) == 0) return true;
  if (errno == EEXIST) return false;
  const std::string now = "/proc/self/fd/" + std::to_string(file.get());
  return linkat(AT_FDCWD, now.c_str(), descriptor_.get(), name.c_str(), AT_SYMLINK_FOLLOW) == 0;
}

void ConfinedFolder::place_nameless(const FileDescriptor& file, const std::string& name) {
  require_entry_name(name);
  if (give_name(file, name)) {
    if (tells_letters_apart_) return;
    const std::lock_guard lock(mutex_);
    return remember(name, status_of(file, path_of(name)).st_ino);
  }
  if (errno != EEXIST) fail("write", name, errno);
  // a name that is taken is given by renaming only
  const std::string part = part_name(name);
  try_lock(file);
  if (!give_name(file, part)) throw LocalFileError("write", path_of(part), errno);
  try {
    place_part(file, name);
  } catch (...) {
    remove_part(name);
    throw;
  }
}

void ConfinedFolder::keep(const std::string& name, const struct stat& status) {
  if (tells_letters_apart_) return;
  const std::lock_guard lock(mutex_);
  require_other_than_placed(name, status.st_ino);
  remember(name, status.st_ino);
}

void ConfinedFolder::require_not_placed(const std::string& name, const struct stat& status) {
  if (tells_letters_apart_) return;
  const std::lock_guard lock(mutex_);
  require_other_than_placed(name, status.st_ino);
}

void ConfinedFolder::set_time(const std::string& name, std::chrono::sys_seconds time) const {
  require_entry_name(name);
  const auto times = times_of_change(time);
  if (utimensat(descriptor_.get(), name.c_str(), times.data(), AT_SYMLINK_NOFOLLOW) != 0) {
    fail("set the time of", name, errno);
  }
}

LocalPlace ConfinedFolder::place_of(const std::string& name) const {
  require_entry_name(name);
  FileDescriptor folder(fcntl(descriptor_.get(), F_DUPFD_CLOEXEC, 0));
  if (!folder) throw LocalFileError("write", path_of(name), errno);
  return {std::move(folder), name, path_of(name)};
}

void ConfinedFolder::require_other_than_placed(const std::string& name, ino_t inode) const {
  if (!placed_.contains(inode)) return;
  throw FileTransferError(path_of(name) +
                          " is another name of an entry that is there already: the file system "
                          "takes both for one name, as it does where capital and small letters "
                          "are the same. Rename one of them, or use another file system");
}

/// The file system is asked once, by the first name that has letters: whether the same name with
/// other letters is the same entry.
void ConfinedFolder::remember(const std::string& name, ino_t inode) {
  const std::string other = with_other_letters(name);
  if (other != name) {
    const auto there = find(other);
    if (!there || there->st_ino != inode) {
      tells_letters_apart_ = true;
      placed_.clear();
      return;
    }
  }
  placed_.insert(inode);
}

void ConfinedFolder::refuse(std::string_view name, const struct stat& there) const {
  throw FileTransferError(path_of(name) + " is " + std::string(kind_of(there)) +
                          ", which is not followed, used or replaced");
}

void ConfinedFolder::fail(std::string_view action, std::string_view name, int error) const {
  const auto there = find(std::string(name));
  const bool is_in_the_way = error == ENOTDIR || error == ELOOP || error == EISDIR ||
                             error == EEXIST || error == ENOTEMPTY || error == ENXIO;
  if (there && is_in_the_way) refuse(name, *there);
  throw LocalFileError(action, path_of(name), error);
}

}  // namespace globus_sdk::inline v0::detail
