// SPDX-License-Identifier: Apache-2.0
#include "core/process/fork_count.hpp"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

namespace globus_sdk {
namespace {

/// The count that the child of a fork of this process has, as far as an exit status can tell.
int count_in_a_child(int generations) {
  const pid_t child = fork();
  if (child == 0) {
    if (generations > 1) _exit(count_in_a_child(generations - 1));
    _exit(static_cast<int>(detail::fork_count()));
  }
  int status = 0;
  waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

TEST(ForkCount, IsAnotherInAChildAndTheSameInTheParent) {
  const auto before = static_cast<int>(detail::fork_count());
  EXPECT_EQ(count_in_a_child(1), before + 1);
  EXPECT_EQ(count_in_a_child(2), before + 2);
  EXPECT_EQ(static_cast<int>(detail::fork_count()), before);
}

}  // namespace
}  // namespace globus_sdk
