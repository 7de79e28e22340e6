// SPDX-License-Identifier: Apache-2.0
#pragma once

// Programs as a user runs them: with arguments, an environment, input, output and signals.

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <map>
#include <stdexcept>
#include <string>
#include <string_view>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

namespace programs {

using Environment = std::map<std::string, std::string>;

/// Our environment without what speaks of a Globus, and with these variables.
inline std::vector<std::string> environment_with(const Environment& variables) {
  std::vector<std::string> result;
  for (char** entry = environ; *entry != nullptr; ++entry) {
    const std::string text = *entry;
    if (!text.starts_with("GLOBUS_") && !variables.contains(text.substr(0, text.find('='))))
      result.push_back(text);
  }
  for (const auto& [name, value] : variables) result.push_back(name + '=' + value);
  return result;
}

/// Texts as the C library takes a list of them.
inline std::vector<char*> pointers(std::vector<std::string>& texts) {
  std::vector<char*> result;
  for (auto& text : texts) result.push_back(text.data());
  result.push_back(nullptr);
  return result;
}

/// Starts a program.
///
/// @param attributes none, where the pointer is null.
inline pid_t spawn(std::vector<std::string> command, const Environment& variables,
                   const posix_spawn_file_actions_t& actions,
                   const posix_spawnattr_t* attributes = nullptr) {
  auto environment = environment_with(variables);
  pid_t process = 0;
  const int error = posix_spawn(&process, command.front().c_str(), &actions, attributes,
                                pointers(command).data(), pointers(environment).data());
  if (error != 0) throw std::system_error(error, std::generic_category(), command.front());
  return process;
}

/// The exit status of a process, once it has ended; a signal N counts as -N.
inline int exit_status(pid_t process) {
  int status = 0;
  waitpid(process, &status, 0);
  return WIFSIGNALED(status) ? -WTERMSIG(status) : WEXITSTATUS(status);
}

/// Ends a program: asks it to, so that it takes away what it made, and kills one that does not.
inline void end(pid_t process) {
  kill(process, SIGTERM);
  for (int waits = 0; waits < 500; ++waits) {
    if (waitpid(process, nullptr, WNOHANG) != 0) return;
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  kill(process, SIGKILL);
  waitpid(process, nullptr, 0);
}

/// A program that runs: it reads from one pipe, and writes output and errors to another.
class Program {
 public:
  explicit Program(std::vector<std::string> command, const Environment& variables = {}) {
    int input[2];
    int output[2];
    if (pipe2(input, O_CLOEXEC) != 0 || pipe2(output, O_CLOEXEC) != 0)
      throw std::system_error(errno, std::generic_category(), "no pipe");
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, input[0], STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&actions, output[1], STDOUT_FILENO);
    posix_spawn_file_actions_adddup2(&actions, output[1], STDERR_FILENO);
    process_ = spawn(std::move(command), variables, actions);
    posix_spawn_file_actions_destroy(&actions);
    close(input[0]);
    close(output[1]);
    input_ = input[1];
    output_ = output[0];
  }
  ~Program() {
    close_input();
    close(output_);
    if (process_ > 0) end(process_);
  }
  Program(const Program&) = delete;
  Program& operator=(const Program&) = delete;

  /// Writes to its standard input; no more than fits into a pipe.
  void write(std::string_view text) {
    if (::write(input_, text.data(), text.size()) != static_cast<ssize_t>(text.size()))
      throw std::runtime_error("the program does not read its input");
  }
  void close_input() {
    if (input_ >= 0) close(input_);
    input_ = -1;
  }
  void send(int signal) const { kill(process_, signal); }
  pid_t process() const { return process_; }

  /// Reads on until the output holds a text; false when it ended without it.
  bool read_until(std::string_view text) {
    while (all_.find(text) == std::string::npos)
      if (!read_more()) return false;
    return true;
  }
  /// The next line of its output, without the line end; what is left when it ended.
  std::string line() {
    while (all_.find('\n', line_begin_) == std::string::npos && read_more()) {}
    const std::size_t end = std::min(all_.find('\n', line_begin_), all_.size());
    std::string text = all_.substr(line_begin_, end - line_begin_);
    line_begin_ = std::min(end + 1, all_.size());
    return text;
  }
  /// Waits for its end. Returns its exit status; a signal N counts as -N.
  int finish() {
    close_input();
    while (read_more()) {}
    return exit_status(std::exchange(process_, 0));
  }
  /// What has been read of its output and errors.
  const std::string& output() const { return all_; }

 private:
  bool read_more() {
    char buffer[4096];
    const auto count = read(output_, buffer, sizeof buffer);
    if (count <= 0) return false;
    all_.append(buffer, static_cast<std::size_t>(count));
    return true;
  }

  pid_t process_ = 0;
  int input_ = -1;
  int output_ = -1;
  std::string all_;
  std::size_t line_begin_ = 0;
};

}  // namespace programs
