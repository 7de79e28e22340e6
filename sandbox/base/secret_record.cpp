// SPDX-License-Identifier: Apache-2.0
#include "sandbox/base/secret_record.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cstdlib>
#include <stdexcept>
#include <string>

#include "sandbox/base/private_file.hpp"

namespace globus_sandbox {

void record_secret(std::string_view secret) {
  static const char* const file = std::getenv("GLOBUS_SANDBOX_SECRETS_FILE");
  if (file == nullptr || *file == '\0') return;
  try {
    ensure_private_file(file);
    make_private(file);
  } catch (const std::runtime_error& error) {
    throw std::runtime_error(std::string("GLOBUS_SANDBOX_SECRETS_FILE: ") + error.what());
  }
  const int descriptor = open(file, O_WRONLY | O_APPEND | O_CLOEXEC);
  const std::string line = std::string(secret) + "\n";
  // one write, so that lines of several threads and processes do not mix
  const bool written = descriptor >= 0 && write(descriptor, line.data(), line.size()) ==
                                              static_cast<ssize_t>(line.size());
  if (descriptor >= 0) close(descriptor);
  if (!written) throw std::runtime_error("GLOBUS_SANDBOX_SECRETS_FILE cannot be written to");
}

}  // namespace globus_sandbox
