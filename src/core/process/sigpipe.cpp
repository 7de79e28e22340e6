// SPDX-License-Identifier: Apache-2.0
#include "core/process/sigpipe.hpp"

#include <pthread.h>

#include <csignal>
#include <ctime>

namespace globus_sdk::inline v0::detail {

namespace {

sigset_t sigpipe_set() {
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGPIPE);
  return set;
}

}  // namespace

void block_sigpipe() {
  const sigset_t set = sigpipe_set();
  pthread_sigmask(SIG_BLOCK, &set, nullptr);
}

SigpipeGuard::SigpipeGuard() {
  const sigset_t set = sigpipe_set();
  sigset_t before;
  blocked_here_ =
      pthread_sigmask(SIG_BLOCK, &set, &before) == 0 && sigismember(&before, SIGPIPE) == 0;
}

SigpipeGuard::~SigpipeGuard() {
  if (!blocked_here_) return;
  const sigset_t set = sigpipe_set();
  const timespec no_wait{0, 0};
  sigtimedwait(&set, nullptr, &no_wait);
  pthread_sigmask(SIG_UNBLOCK, &set, nullptr);
}

}  // namespace globus_sdk::inline v0::detail
