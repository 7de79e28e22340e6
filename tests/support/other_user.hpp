// SPDX-License-Identifier: Apache-2.0
#pragma once

// What another user of the machine does, who is nobody's friend.

#include <fcntl.h>
#include <grp.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <stdexcept>
#include <string>
#include <system_error>

#include "support/child_process.hpp"

namespace globus_sdk_test {

/// A user id and group id that nobody has.
inline constexpr unsigned other_user = 54321;

/// Whether this process may become another user.
inline bool may_become_another_user() {
  return geteuid() == 0;
}

/// Takes this process' rights away: it is the other user from now on.
inline void become_other_user() {
  if (setgroups(0, nullptr) != 0 || setgid(other_user) != 0 || setuid(other_user) != 0)
    throw std::system_error(errno, std::generic_category(), "cannot become another user");
}

/// Runs `action` in a child that is the other user; the text that it returns. What it throws is
/// thrown here.
template <class Action> std::string as_other_user(Action action) {
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0)
    throw std::system_error(errno, std::generic_category(), "no pipe");
  const pid_t child = start_child([&] {
    become_other_user();
    const std::string result = action();
    if (write(ends[1], result.data(), result.size()) != static_cast<ssize_t>(result.size()))
      throw std::runtime_error("the other user's answer does not fit");
  });
  close(ends[1]);
  std::string result;
  char buffer[4096];
  for (ssize_t count = 0; (count = read(ends[0], buffer, sizeof buffer)) > 0;)
    result.append(buffer, static_cast<std::size_t>(count));
  close(ends[0]);
  if (status_of(child) != 0) throw std::runtime_error("the other user failed");
  return result;
}

}  // namespace globus_sdk_test
