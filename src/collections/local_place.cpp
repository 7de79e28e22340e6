// SPDX-License-Identifier: Apache-2.0
#include "collections/local_place.hpp"

#include <fcntl.h>
#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <string_view>
#include <system_error>

#include "globus_sdk/collections/errors.hpp"

namespace globus_sdk::inline v0::detail {

namespace {

namespace fs = std::filesystem;

[[noreturn]] void fail(const fs::path& target, int error) {
  throw LocalFileError("write", target.string(), error);
}

/// The path behind symbolic links, also where the last of them leads to nothing yet.
fs::path behind_links(const fs::path& target) {
  fs::path path = target;
  constexpr int longest_chain = 40;  // as the kernel's
  for (int link = 0; link < longest_chain; ++link) {
    std::error_code is_no_link;
    const fs::path next = fs::read_symlink(path, is_no_link);
    if (is_no_link) return path;
    path = path.parent_path() / next;
  }
  fail(target, ELOOP);
}

/// The number of the descriptor that a path names.
std::optional<int> descriptor_of(const std::string& path) {
  if (path == "/dev/stdout") return 1;
  if (path == "/dev/stderr") return 2;
  constexpr std::array<std::string_view, 2> folders{"/dev/fd/", "/proc/self/fd/"};
  for (const std::string_view folder : folders) {
    if (!path.starts_with(folder)) continue;
    const std::string number = path.substr(folder.size());
    constexpr std::size_t most_digits = 9;
    const bool is_number = std::ranges::all_of(number, [](char c) { return c >= '0' && c <= '9'; });
    if (is_number && !number.empty() && number.size() <= most_digits) return std::stoi(number);
  }
  return std::nullopt;
}

}  // namespace

LocalPlace find_local_place(const fs::path& target) {
  const fs::path path = behind_links(target);
  const std::string name = path.filename().string();
  if (name.empty() || name == "." || name == "..") fail(target, EISDIR);
  const fs::path folder = path.has_parent_path() ? path.parent_path() : fs::path(".");
  FileDescriptor opened(
      unless_interrupted([&] { return open(folder.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC); }));
  if (!opened) fail(target, errno);
  struct stat status{};
  if (fstatat(opened.get(), name.c_str(), &status, AT_SYMLINK_NOFOLLOW) == 0) {
    if (S_ISDIR(status.st_mode)) fail(target, EISDIR);
    // another file could take its place all the same, but its owner has said that it is to stay
    if (faccessat(opened.get(), name.c_str(), W_OK, AT_EACCESS) != 0) fail(target, errno);
  } else if (errno != ENOENT) {
    fail(target, errno);
  }
  return {std::move(opened), name, target.string()};
}

std::optional<FileDescriptor> open_without_place(const fs::path& target) {
  // its position is that of whoever gave the descriptor
  if (const auto number = descriptor_of(target.string())) {
    FileDescriptor copy(fcntl(*number, F_DUPFD_CLOEXEC, 0));
    if (!copy) fail(target, errno);
    return copy;
  }
  struct stat status{};
  if (stat(target.c_str(), &status) != 0) return std::nullopt;
  if (S_ISREG(status.st_mode) || S_ISDIR(status.st_mode)) return std::nullopt;
  FileDescriptor opened(
      unless_interrupted([&] { return open(target.c_str(), O_WRONLY | O_CLOEXEC | O_NOCTTY); }));
  if (!opened) fail(target, errno);
  return opened;
}

}  // namespace globus_sdk::inline v0::detail
