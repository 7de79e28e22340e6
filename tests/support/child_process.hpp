// SPDX-License-Identifier: Apache-2.0
// Parts of a test that run in processes of their own.
#pragma once

#include <sys/prctl.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <exception>
#include <string>

namespace globus_sdk_test {

/// Runs `action` in a child; what it throws is exit status 1.
template <class Action> pid_t start_child(Action action) {
  const pid_t child = fork();
  if (child != 0) return child;
  prctl(PR_SET_PDEATHSIG, SIGKILL);  // none outlives a test that is stopped
  try {
    action();
    _exit(0);
  } catch (const std::exception& error) {
    static_cast<void>(
        !write(STDERR_FILENO, error.what(), std::char_traits<char>::length(error.what())));
    _exit(1);
  }
}

/// What became of it: 0 when all went well.
inline int status_of(pid_t child) {
  int status = -1;
  waitpid(child, &status, 0);
  return status;
}

}  // namespace globus_sdk_test
