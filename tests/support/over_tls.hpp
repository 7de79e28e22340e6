// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdlib>
#include <utility>

#include "sandbox/sandbox.hpp"

namespace globus_sdk_test {

/// Whether the sandboxes of this run speak TLS: the same tests run once without and once with it.
inline bool over_tls() {
  return std::getenv("SANDBOX_TESTS_OVER_TLS") != nullptr;
}

inline globus_sandbox::SandboxOptions for_this_run(globus_sandbox::SandboxOptions options = {}) {
  options.tls = options.tls || over_tls();
  return options;
}

}  // namespace globus_sdk_test
