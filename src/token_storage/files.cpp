// SPDX-License-Identifier: Apache-2.0
#include "token_storage/files.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <filesystem>
#include <system_error>
#include <utility>

#include "core/process/file_descriptor.hpp"
#include "globus_sdk/token_storage/errors.hpp"

namespace globus_sdk::inline v0::detail {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t largest_file = std::size_t{64} << 20;

[[noreturn]] void fail(const std::string& filepath, const char* what, int error) {
  throw TokenStorageError(filepath, std::string(what) + ": " + explain(error));
}

void require_private(const std::string& filepath, const struct stat& status) {
  if (S_ISDIR(status.st_mode)) {
    throw TokenStorageError(filepath, "is a folder; name a file in it");
  }
  if (!S_ISREG(status.st_mode)) {
    throw TokenStorageError(filepath, "is no ordinary file; name another one");
  }
  if (status.st_uid != geteuid()) {
    throw TokenStorageError(filepath, "belongs to the user with id " +
                                          std::to_string(status.st_uid) + ", and this is user id " +
                                          std::to_string(geteuid()) +
                                          "; run as its owner, or use a file of your own");
  }
  if ((status.st_mode & (S_IRWXG | S_IRWXO)) != 0) {
    throw TokenStorageError(
        filepath, "is open to other users, who may have its tokens; run 'chmod 600 " + filepath +
                      "', and log in again if others use this machine");
  }
}

void write_all(int descriptor, std::string_view content, const std::string& filepath) {
  while (!content.empty()) {
    const ssize_t written =
        unless_interrupted([&] { return ::write(descriptor, content.data(), content.size()); });
    if (written < 0) fail(filepath, "cannot be written", errno);
    content.remove_prefix(static_cast<std::size_t>(written));
  }
}

void write_new_file(const std::string& new_file, std::string_view content,
                    const std::string& filepath) {
  // what a process left there that was killed
  if (unlink(new_file.c_str()) != 0 && errno != ENOENT) fail(filepath, "cannot be written", errno);
  FileDescriptor opened(
      open(new_file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600));
  if (!opened) fail(filepath, "cannot be written", errno);
  write_all(opened.get(), content, filepath);
  if (fsync(opened.get()) != 0 || opened.close() != 0) fail(filepath, "cannot be written", errno);
}

}  // namespace

std::string error_text(int error) {
  return std::system_category().message(error);
}

std::string explain(int error) {
  const std::string text = error_text(error);
  switch (error) {
    case ENOSPC:
    case EDQUOT:
      return text + "; free some space, or use a file elsewhere. What was stored is as it was";
    case EROFS:
      return text + "; use a file that can be written";
    case EACCES:
    case EPERM:
      return text + "; see that you own the file and its folder, with modes 600 and 700";
    case ENOENT:
    case ENOTDIR:
      return text + "; see that every folder above it is there";
    case ELOOP:
      return text + "; remove the symbolic link";
    case EIO:
    case ESTALE:
      return text + "; check the disk, or the network file system, that it is on";
    default:
      return text;
  }
}

std::string resolve_links(const std::string& filepath) {
  std::string path = filepath;
  constexpr int longest_chain = 40;  // as the kernel's
  for (int link = 0; link < longest_chain; ++link) {
    std::error_code error;
    const fs::path target = fs::read_symlink(path, error);
    if (error) {
      // no link: the folder's own links lead where they lead
      const fs::path folder = fs::canonical(fs::path(path).parent_path(), error);
      return error ? path : (folder / fs::path(path).filename()).string();
    }
    path = (fs::path(path).parent_path() / target).string();
  }
  fail(filepath, "cannot be found", ELOOP);
}

void make_folders_above(const std::string& filepath) {
  const fs::path folder = fs::path(filepath).parent_path();
  struct stat status{};
  if (folder.empty() || stat(folder.c_str(), &status) == 0) return;
  make_folders_above(folder.string());
  // another process may have been quicker
  if (mkdir(folder.c_str(), 0700) != 0 && errno != EEXIST) {
    fail(filepath, "its folder cannot be made", errno);
  }
}

bool exists_and_is_private(const std::string& filepath) {
  struct stat status{};
  if (stat(filepath.c_str(), &status) != 0) {
    if (errno == ENOENT) return false;
    fail(filepath, "cannot be read", errno);
  }
  require_private(filepath, status);
  return true;
}

void sync_folder_of(const std::string& filepath) {
  const auto folder = fs::path(filepath).parent_path().string();
  const FileDescriptor opened(open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!opened) return;  // a folder that may be entered and not listed
  if (fsync(opened.get()) != 0 && errno != EINVAL && errno != ENOTSUP && errno != EROFS) {
    fail(filepath, "was written, but may not be kept", errno);
  }
}

std::optional<FileVersion> version_of(const std::string& filepath) {
  struct stat status{};
  if (stat(filepath.c_str(), &status) != 0) return std::nullopt;
  return FileVersion{status.st_dev, status.st_ino, status.st_size, status.st_mtim.tv_sec,
                     status.st_mtim.tv_nsec};
}

std::optional<std::string> read_private_file(const std::string& filepath) {
  // a pipe of that name must not hold us up
  const FileDescriptor opened(open(filepath.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY));
  if (!opened) {
    if (errno == ENOENT) return std::nullopt;
    fail(filepath, "cannot be read", errno);
  }
  struct stat status{};
  if (fstat(opened.get(), &status) != 0) fail(filepath, "cannot be read", errno);
  require_private(filepath, status);
  std::string content;
  std::array<char, 65'536> buffer{};
  for (;;) {
    const ssize_t count =
        unless_interrupted([&] { return ::read(opened.get(), buffer.data(), buffer.size()); });
    if (count < 0) fail(filepath, "cannot be read", errno);
    if (count == 0) return content;
    content.append(buffer.data(), static_cast<std::size_t>(count));
    if (content.size() > largest_file) {
      throw TokenStorageError(filepath, "is too large to hold tokens only; name another file");
    }
  }
}

Replacement::Replacement(std::string filepath, std::string_view content)
    : filepath_(std::move(filepath)), new_file_(filepath_ + ".new") {
  try {
    write_new_file(new_file_, content, filepath_);
  } catch (...) {
    unlink(new_file_.c_str());
    throw;
  }
}

Replacement::~Replacement() {
  if (!in_place_) unlink(new_file_.c_str());
}

void Replacement::put_in_place() {
  if (rename(new_file_.c_str(), filepath_.c_str()) != 0) {
    fail(filepath_, "cannot be replaced", errno);
  }
  in_place_ = true;
  sync_folder_of(filepath_);
}

}  // namespace globus_sdk::inline v0::detail
