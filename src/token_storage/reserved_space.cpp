// SPDX-License-Identifier: Apache-2.0
#include "token_storage/reserved_space.hpp"

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cstdint>
#include <string>

namespace globus_sdk::inline v0::detail {

namespace {

/// For what a file grows by, and what a database writes beside it.
constexpr std::int64_t growth = 64 << 10;
/// Of a larger file only a part is written: it is a database.
constexpr std::int64_t largest_rewritten = 4 << 20;

std::int64_t bytes_for(const std::string& filepath) noexcept {
  struct stat status{};
  const std::int64_t now = stat(filepath.c_str(), &status) == 0 ? status.st_size : 0;
  return std::min(now, largest_rewritten) + growth;
}

/// A file that may not be as large would bring a signal, which ends the process.
bool may_be_as_large(std::int64_t bytes) noexcept {
  rlimit limit{};
  return getrlimit(RLIMIT_FSIZE, &limit) == 0 &&
         (limit.rlim_cur == RLIM_INFINITY || limit.rlim_cur >= static_cast<rlim_t>(bytes));
}

}  // namespace

ReservedSpace::ReservedSpace(const std::string& filepath) noexcept {
  const std::int64_t bytes = bytes_for(filepath);
  if (!may_be_as_large(bytes)) return;
  try {
    const std::string folder = filepath.substr(0, filepath.rfind('/') + 1);
    descriptor_ = open(folder.c_str(), O_TMPFILE | O_WRONLY | O_CLOEXEC, 0600);
  } catch (...) {  // no memory: nothing is reserved
  }
  // not posix_fallocate, which would write where the file system cannot reserve
  if (descriptor_ >= 0) static_cast<void>(fallocate(descriptor_, 0, 0, bytes) == 0);
}

ReservedSpace::~ReservedSpace() {
  if (descriptor_ >= 0) close(descriptor_);
}

}  // namespace globus_sdk::inline v0::detail
