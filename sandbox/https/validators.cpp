// SPDX-License-Identifier: Apache-2.0
#include "sandbox/https/validators.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>

namespace globus_sandbox::https {

Validators validators_of(const struct stat& status, Instant now) {
  const Instant modified{std::chrono::seconds{status.st_mtim.tv_sec}};
  return {fmt::format("\"{:x}-{:x}-{:x}-{:x}.{:x}\"", status.st_dev, status.st_ino, status.st_size,
                      status.st_mtim.tv_sec, status.st_mtim.tv_nsec),
          std::min(modified, Instant{std::chrono::floor<std::chrono::seconds>(now)})};
}

}  // namespace globus_sandbox::https
