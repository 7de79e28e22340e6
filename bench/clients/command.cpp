// SPDX-License-Identifier: Apache-2.0
// Runs a program with its arguments, reads what it prints as a pipe's other end does, and says how
// long it took and what it used. (A small process of its own, since a program's peak memory counts
// that of whoever starts it.)
#include <fcntl.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdint>
#include <cstdio>
#include <exception>
#include <stdexcept>
#include <system_error>

#include "measure.hpp"

namespace {

[[noreturn]] void fail(int error, const char* what) {
  throw std::system_error(error, std::generic_category(), what);
}

struct Running {
  pid_t process = 0;
  int output = -1;  ///< what it prints
};

Running start(char** command) {
  std::array<int, 2> ends{};
  if (pipe2(ends.data(), O_CLOEXEC) != 0) fail(errno, "pipe");
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
  Running running{0, ends[0]};
  const int error = posix_spawnp(&running.process, command[0], &actions, nullptr, command, environ);
  posix_spawn_file_actions_destroy(&actions);
  close(ends[1]);
  if (error != 0) fail(error, command[0]);
  return running;
}

std::uint64_t read_to_end(int output) {
  static std::array<char, 65536> buffer;  // as much as a pipe holds
  std::uint64_t bytes = 0;
  while (true) {
    const ssize_t count = read(output, buffer.data(), buffer.size());
    if (count == 0) return bytes;
    if (count < 0 && errno != EINTR) fail(errno, "read");
    if (count > 0) bytes += static_cast<std::uint64_t>(count);
  }
}

/// What the program used, once it has ended well.
rusage wait_for(pid_t process) {
  int status = 0;
  rusage usage{};
  if (wait4(process, &status, 0, &usage) != process) fail(errno, "wait4");
  if (status != 0) throw std::runtime_error("the program failed");
  return usage;
}

}  // namespace

int main(int count, char** values) {
  try {
    if (count < 2) throw std::runtime_error("usage: bench_command PROGRAM [ARGUMENT...]");
    const double began = globus_bench::monotonic_seconds();
    const Running running = start(values + 1);
    const std::uint64_t bytes = read_to_end(running.output);
    const rusage usage = wait_for(running.process);
    const double seconds = globus_bench::monotonic_seconds() - began;
    std::printf(
        "{\"seconds\": %.6f, \"cpu_seconds\": %.6f, \"peak_kilobytes\": %ld, \"output_bytes\": "
        "%llu}\n",
        seconds, globus_bench::cpu_seconds_of(usage), usage.ru_maxrss,
        static_cast<unsigned long long>(bytes));
    return 0;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 1;
  }
}
