// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <spawn.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include "support/program.hpp"

namespace programs {

/// A program at a terminal of its own, which is its controlling terminal too.
class TerminalProgram {
 public:
  explicit TerminalProgram(std::vector<std::string> command, const Environment& variables = {}) {
    std::array<char, 64> name{};
    int program_side = -1;
    if (openpty(&user_side_, &program_side, name.data(), nullptr, nullptr) != 0)
      throw std::system_error(errno, std::generic_category(), "no terminal");
    fcntl(user_side_, F_SETFD, FD_CLOEXEC);
    fcntl(program_side, F_SETFD, FD_CLOEXEC);
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, name.data(), O_RDWR, 0);
    posix_spawn_file_actions_adddup2(&actions, STDIN_FILENO, STDOUT_FILENO);
    posix_spawn_file_actions_adddup2(&actions, STDIN_FILENO, STDERR_FILENO);
    posix_spawnattr_t attributes;
    posix_spawnattr_init(&attributes);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSID);
    process_ = spawn(std::move(command), variables, actions, &attributes);
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&actions);
    close(program_side);
  }
  ~TerminalProgram() {
    close(user_side_);
    if (process_ > 0) end(process_);
  }
  TerminalProgram(const TerminalProgram&) = delete;
  TerminalProgram& operator=(const TerminalProgram&) = delete;

  /// Types a text: "\n" is the return key, "\x04" ends the input.
  void type(std::string_view text) const {
    if (::write(user_side_, text.data(), text.size()) != static_cast<ssize_t>(text.size()))
      throw std::system_error(errno, std::generic_category(), "the terminal takes nothing");
  }
  /// Reads on until the screen has a text; false when it does not come.
  bool read_until(std::string_view text) {
    while (screen_.find(text) == std::string::npos)
      if (!read_more()) return false;
    return true;
  }
  /// Waits for its end. Returns its exit status; a signal N counts as -N.
  int finish() {
    while (read_more()) {}
    return exit_status(std::exchange(process_, 0));
  }
  /// What has come, typed text among it.
  const std::string& screen() const { return screen_; }

 private:
  bool read_more() {
    constexpr int patience = 30'000;
    pollfd waiting{.fd = user_side_, .events = POLLIN, .revents = 0};
    if (poll(&waiting, 1, patience) <= 0) return false;
    std::array<char, 4096> buffer{};
    const auto count = read(user_side_, buffer.data(), buffer.size());
    if (count <= 0) return false;
    screen_.append(buffer.data(), static_cast<std::size_t>(count));
    return true;
  }

  pid_t process_ = 0;
  int user_side_ = -1;
  std::string screen_;
};

}  // namespace programs
