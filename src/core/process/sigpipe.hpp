// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace globus_sdk::inline v0::detail {

/// Keeps SIGPIPE from a thread that writes to TLS connections, and takes one that came up
/// meanwhile.
class SigpipeGuard {
 public:
  SigpipeGuard();
  ~SigpipeGuard();
  SigpipeGuard(const SigpipeGuard&) = delete;
  SigpipeGuard& operator=(const SigpipeGuard&) = delete;

 private:
  bool blocked_here_ = false;
};

/// Blocks SIGPIPE for the rest of a thread that the SDK owns.
void block_sigpipe();

}  // namespace globus_sdk::inline v0::detail
