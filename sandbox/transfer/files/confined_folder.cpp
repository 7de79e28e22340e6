// SPDX-License-Identifier: Apache-2.0
#include "sandbox/transfer/files/confined_folder.hpp"

#include <dirent.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <sys/syscall.h>

#include <array>
#include <cerrno>
#include <climits>
#include <cstdio>
#include <deque>
#include <memory>
#include <system_error>

namespace globus_sandbox::transfer {

namespace {

constexpr int max_links = 40;
constexpr int max_races = 64;

[[noreturn]] void fail(int error, std::string_view path) {
  throw std::system_error(error, std::generic_category(), std::string(path));
}

int kernel_open(int directory, const char* path, int flags, bool follow_last) {
  open_how how{};
  how.flags = static_cast<decltype(how.flags)>(flags | O_CLOEXEC | (follow_last ? 0 : O_NOFOLLOW));
  how.resolve = RESOLVE_BENEATH | RESOLVE_NO_MAGICLINKS;
  return static_cast<int>(::syscall(SYS_openat2, directory, path, &how, sizeof how));
}

std::deque<std::string> components_of(std::string_view path) {
  std::deque<std::string> result;
  while (!path.empty()) {
    const auto end = path.find('/');
    if (const auto name = path.substr(0, end); !name.empty() && name != ".")
      result.emplace_back(name);
    if (end == std::string_view::npos) break;
    path.remove_prefix(end + 1);
  }
  return result;
}

struct stat status_of(const FileDescriptor& file, std::string_view path) {
  struct stat status{};
  if (::fstat(file.get(), &status) != 0) fail(errno, path);
  return status;
}

/// Root may do everything; the sandbox, run by root, may do what the owner of a file may.
void require_owner_permission(const struct stat& status, mode_t bits, std::string_view path) {
  if ((status.st_mode & bits) != bits) fail(EACCES, path);
}

std::string read_link(int directory, const char* name, std::string_view path) {
  std::array<char, PATH_MAX> target{};
  const auto length = ::readlinkat(directory, name, target.data(), target.size());
  if (length < 0) fail(errno == ENOENT && *name == '\0' ? EINVAL : errno, path);
  return {target.data(), static_cast<std::size_t>(length)};
}

/// The state of a walk from the root: the directories that it went through, and the names still
/// ahead.
struct Walk {
  std::vector<FileDescriptor> below_root;
  std::deque<std::string> ahead;
  int links = 0;

  int here(const FileDescriptor& root) const {
    return below_root.empty() ? root.get() : below_root.back().get();
  }
  void follow(const std::string& target, std::string_view path) {
    if (++links > max_links) fail(ELOOP, path);
    if (target.empty() || target.front() == '/') fail(EXDEV, path);
    auto names = components_of(target);
    ahead.insert(ahead.begin(), names.begin(), names.end());
  }
};

}  // namespace

ConfinedFolder::ConfinedFolder(const std::filesystem::path& folder, Resolution resolution)
    : is_root_user_(::geteuid() == 0) {
  root_ = FileDescriptor(::open(folder.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC));
  if (!root_.is_open()) fail(errno, folder.native());
  if (resolution == Resolution::automatic) {
    // old kernels and some containers' filters have no openat2
    const FileDescriptor probe(kernel_open(root_.get(), ".", O_PATH | O_DIRECTORY, true));
    by_kernel_ = probe.is_open();
  }
}

bool ConfinedFolder::is_at(const std::filesystem::path& folder) const {
  struct stat there{};
  const auto here = status_of(root_, folder.native());
  return ::stat(folder.c_str(), &there) == 0 && here.st_dev == there.st_dev &&
         here.st_ino == there.st_ino;
}

FileDescriptor ConfinedFolder::open(std::string_view path, int flags, bool follow_last) const {
  if (path.find('\0') != std::string_view::npos) fail(EINVAL, "NUL in a path");
  if (is_root_user_) check_search_permission(path);
  return by_kernel_ ? open_by_kernel(path, flags, follow_last)
                    : open_stepwise(path, flags, follow_last);
}

FileDescriptor ConfinedFolder::open_by_kernel(std::string_view path, int flags,
                                              bool follow_last) const {
  const std::string name = path.empty() ? "." : std::string(path);
  for (int race = 0;; ++race) {
    const int file = kernel_open(root_.get(), name.c_str(), flags, follow_last);
    if (file >= 0) return FileDescriptor(file);
    // EAGAIN: something was renamed while ".." was resolved, so that the kernel cannot vouch for
    // the result
    if ((errno != EAGAIN && errno != EINTR) || race >= max_races) fail(errno, path);
  }
}

FileDescriptor ConfinedFolder::open_stepwise(std::string_view path, int flags,
                                             bool follow_last) const {
  Walk walk{{}, components_of(path)};
  int races = 0;
  while (!walk.ahead.empty()) {
    const std::string name = walk.ahead.front();
    walk.ahead.pop_front();
    if (name == "..") {
      if (walk.below_root.empty()) fail(EXDEV, path);
      walk.below_root.pop_back();
      continue;
    }
    const int here = walk.here(root_);
    FileDescriptor step(::openat(here, name.c_str(), O_PATH | O_NOFOLLOW | O_CLOEXEC));
    if (!step.is_open()) fail(errno, path);
    const bool is_last = walk.ahead.empty();
    const auto status = status_of(step, path);
    if (S_ISLNK(status.st_mode)) {
      if (is_last && !follow_last) {
        if ((flags & O_PATH) == 0) fail(ELOOP, path);
        return step;
      }
      walk.follow(read_link(step.get(), "", path), path);
      continue;
    }
    if (!is_last) {
      if (!S_ISDIR(status.st_mode)) fail(ENOTDIR, path);
      walk.below_root.push_back(std::move(step));
      continue;
    }
    FileDescriptor file(::openat(here, name.c_str(), flags | O_NOFOLLOW | O_CLOEXEC));
    if (file.is_open()) return file;
    // it became a link just now: look again
    if (errno != ELOOP || ++races > max_races) fail(errno, path);
    walk.ahead.push_front(name);
  }
  FileDescriptor directory(::openat(walk.here(root_), ".", flags | O_CLOEXEC));
  if (!directory.is_open()) fail(errno, path);
  return directory;
}

void ConfinedFolder::check_search_permission(std::string_view path) const {
  for (auto slash = path.find('/'); slash != std::string_view::npos;
       slash = path.find('/', slash + 1)) {
    const auto prefix = path.substr(0, slash);
    const auto step =
        by_kernel_ ? open_by_kernel(prefix, O_PATH, true) : open_stepwise(prefix, O_PATH, true);
    const auto status = status_of(step, path);
    if (S_ISDIR(status.st_mode)) require_owner_permission(status, S_IXUSR, path);
  }
}

FileDescriptor ConfinedFolder::open_directory(std::string_view path) const {
  auto directory = open(path, O_RDONLY | O_DIRECTORY);
  if (is_root_user_) require_owner_permission(status_of(directory, path), S_IRUSR | S_IXUSR, path);
  return directory;
}

FileDescriptor ConfinedFolder::open_for_reading(std::string_view path) const {
  auto file = open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY);
  if (is_root_user_) require_owner_permission(status_of(file, path), S_IRUSR, path);
  return file;
}

ConfinedFolder::Entry ConfinedFolder::open_parent(std::string_view path) const {
  if (path.empty()) fail(EBUSY, path);
  const auto parent = parent_of(path);
  Entry entry{open(parent, O_RDONLY | O_DIRECTORY), last_name_of(path)};
  if (is_root_user_)
    require_owner_permission(status_of(entry.directory, path), S_IWUSR | S_IXUSR, path);
  return entry;
}

struct stat ConfinedFolder::status(std::string_view path) const {
  return status_of(open(path, O_PATH), path);
}

struct stat ConfinedFolder::link_status(std::string_view path) const {
  return status_of(open(path, O_PATH, false), path);
}

std::string ConfinedFolder::link_target(std::string_view path) const {
  const auto link = open(path, O_PATH, false);
  if (!S_ISLNK(status_of(link, path).st_mode)) fail(EINVAL, path);
  return read_link(link.get(), "", path);
}

void ConfinedFolder::make_directory(std::string_view path, mode_t mode) const {
  const auto entry = open_parent(path);
  if (::mkdirat(entry.directory.get(), entry.name.c_str(), mode) != 0) fail(errno, path);
}

bool ConfinedFolder::make_directories(std::string_view path) const {
  try {
    if (!S_ISDIR(status(path).st_mode)) fail(ENOTDIR, path);
    return false;
  } catch (const std::system_error& error) {
    if (error.code().value() != ENOENT || path.empty()) throw;
  }
  make_directories(parent_of(path));
  try {
    make_directory(path, S_IRWXU);
    return true;
  } catch (const std::system_error& error) {
    // another thread was faster, or a link stands there that leads nowhere
    if (error.code().value() != EEXIST) throw;
  }
  if (!S_ISDIR(status(path).st_mode)) fail(ENOTDIR, path);
  return false;
}

void ConfinedFolder::rename(std::string_view from, std::string_view to) const {
  const auto source = open_parent(from);
  const auto target = open_parent(to);
  if (::renameat2(source.directory.get(), source.name.c_str(), target.directory.get(),
                  target.name.c_str(), RENAME_NOREPLACE) != 0)
    fail(errno, errno == ENOENT ? from : to);
}

std::vector<std::string> names_in(const FileDescriptor& directory) {
  // its own open file: another listing of the same directory must not move our place in it
  FileDescriptor own(::openat(directory.get(), ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!own.is_open()) fail(errno, "directory");
  const std::unique_ptr<DIR, int (*)(DIR*)> stream(::fdopendir(own.get()), &::closedir);
  if (!stream) fail(errno, "directory");
  own.release();
  std::vector<std::string> names;
  errno = 0;
  while (const dirent* entry = ::readdir(stream.get())) {
    const std::string_view name = entry->d_name;
    if (name != "." && name != "..") names.emplace_back(name);
    errno = 0;
  }
  if (errno != 0) fail(errno, "directory");
  return names;
}

struct stat entry_status(const FileDescriptor& directory, const std::string& name) {
  struct stat status{};
  if (::fstatat(directory.get(), name.c_str(), &status, AT_SYMLINK_NOFOLLOW) != 0)
    fail(errno, name);
  return status;
}

std::string entry_link_target(const FileDescriptor& directory, const std::string& name) {
  return read_link(directory.get(), name.c_str(), name);
}

std::string join_path(std::string_view first, std::string_view second) {
  if (first.empty()) return std::string(second);
  if (second.empty()) return std::string(first);
  std::string result(first);
  result += '/';
  result += second;
  return result;
}

std::string parent_of(std::string_view path) {
  const auto slash = path.rfind('/');
  return slash == std::string_view::npos ? std::string() : std::string(path.substr(0, slash));
}

std::string last_name_of(std::string_view path) {
  const auto slash = path.rfind('/');
  return std::string(slash == std::string_view::npos ? path : path.substr(slash + 1));
}

}  // namespace globus_sandbox::transfer
