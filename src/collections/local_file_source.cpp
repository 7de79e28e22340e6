// SPDX-License-Identifier: Apache-2.0
#include "collections/local_file_source.hpp"

#include <fcntl.h>
#include <sys/stat.h>

#include <cerrno>
#include <memory>
#include <utility>

#include "core/base/one_line.hpp"
#include "globus_sdk/collections/errors.hpp"

namespace globus_sdk::inline v0::detail {

namespace {

/// An open file, and what it was like when the upload began.
struct OpenFile {
  FileDescriptor descriptor;
  std::string path;
  struct stat status{};
};

struct stat status_of(const FileDescriptor& file, const std::string& path) {
  struct stat status{};
  if (fstat(file.get(), &status) != 0) throw LocalFileError("read", path, errno);
  return status;
}

std::size_t read_at(const OpenFile& file, std::int64_t offset, std::span<std::byte> buffer) {
  while (true) {
    const ssize_t count = pread(file.descriptor.get(), buffer.data(), buffer.size(), offset);
    if (count >= 0) return static_cast<std::size_t>(count);
    if (errno != EINTR) throw LocalFileError("read", file.path, errno);
  }
}

void require_unchanged(const OpenFile& file) {
  const struct stat now = status_of(file.descriptor, file.path);
  const timespec& time = now.st_mtim;
  const timespec& before = file.status.st_mtim;
  if (now.st_size != file.status.st_size || time.tv_sec != before.tv_sec ||
      time.tv_nsec != before.tv_nsec) {
    throw FileChangedError("upload: the file " + one_line(file.path) +
                           " changed while it was being sent; nothing was uploaded");
  }
}

}  // namespace

SizedBytes open_local_file(const std::filesystem::path& file) {
  if (file.empty()) throw GlobusSDKUsageError("source must not be an empty path");
  if (file.native().find('\0') != std::string::npos) {
    throw GlobusSDKUsageError("source must not be a path with NUL in it");
  }
  // what is no ordinary file is refused below: opening one must not wait for whoever writes to it
  FileDescriptor descriptor(open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY));
  if (!descriptor) throw LocalFileError("read", file.native(), errno);
  return bytes_of_file(std::move(descriptor), file.native());
}

SizedBytes bytes_of_file(FileDescriptor file, const std::string& path) {
  const struct stat status = status_of(file, path);
  if (S_ISDIR(status.st_mode)) throw LocalFileError("read", path, EISDIR);
  if (!S_ISREG(status.st_mode)) {
    throw GlobusSDKUsageError("source: " + one_line(path) +
                              " is no ordinary file: open it as a std::istream, and give the "
                              "option size");
  }
  const auto opened = std::make_shared<OpenFile>(OpenFile{std::move(file), path, status});
  return {
      .size = status.st_size,
      .name = "the file " + one_line(path),
      .read = [opened](std::int64_t offset,
                       std::span<std::byte> buffer) { return read_at(*opened, offset, buffer); },
      .require_unchanged = [opened] { require_unchanged(*opened); }};
}

}  // namespace globus_sdk::inline v0::detail
