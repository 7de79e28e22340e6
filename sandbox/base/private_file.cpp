// SPDX-License-Identifier: Apache-2.0
#include "sandbox/base/private_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <optional>
#include <stdexcept>
#include <system_error>

#include "sandbox/base/file_descriptor.hpp"

namespace globus_sandbox {

namespace {

constexpr mode_t private_mode = S_IRUSR | S_IWUSR;

std::optional<struct stat> status_of_regular_file(const std::string& path) {
  struct stat status{};
  if (::stat(path.c_str(), &status) != 0 || !S_ISREG(status.st_mode)) return std::nullopt;
  return status;
}

}  // namespace

void require_own_file(const std::string& path) {
  const auto status = status_of_regular_file(path);
  if (status && status->st_uid != ::geteuid())
    throw std::runtime_error("the file '" + path +
                             "' belongs to another user, who could read the tokens in it: name a "
                             "file of your own");
}

void make_private(const std::string& path) {
  require_own_file(path);
  const auto status = status_of_regular_file(path);
  if (!status || (status->st_mode & 07777U) == private_mode) return;
  // by its path: closing a descriptor of it would end the locks that SQLite has on it
  if (::chmod(path.c_str(), private_mode) != 0)
    throw std::system_error(errno, std::generic_category(), "cannot make '" + path + "' private");
}

void ensure_private_file(const std::string& path) {
  const FileDescriptor made(
      ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, private_mode));
  if (!made.is_open() && errno == EEXIST) return;
  if (!made.is_open() || ::fchmod(made.get(), private_mode) != 0)
    throw std::system_error(errno, std::generic_category(), "cannot make '" + path + "'");
}

}  // namespace globus_sandbox
