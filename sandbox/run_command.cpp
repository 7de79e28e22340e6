// SPDX-License-Identifier: Apache-2.0
#include "sandbox/run_command.hpp"

#include <fmt/format.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <optional>

namespace globus_sandbox {

namespace {

constexpr int handed_on[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGUSR1, SIGUSR2};

std::vector<std::string> environment_with(const std::map<std::string, std::string>& variables) {
  std::vector<std::string> result;
  for (char** entry = environ; *entry; ++entry) {
    const std::string text = *entry;
    if (variables.find(text.substr(0, text.find('='))) == variables.end()) result.push_back(text);
  }
  for (const auto& [name, value] : variables) result.push_back(name + '=' + value);
  return result;
}

std::vector<char*> pointers(std::vector<std::string>& texts) {
  std::vector<char*> result;
  for (auto& text : texts) result.push_back(text.data());
  result.push_back(nullptr);
  return result;
}

/// Starts the command with the signals as they were before we held any back.
std::optional<pid_t> start(std::vector<std::string> command, std::vector<std::string> environment,
                           const sigset_t& mask) {
  posix_spawnattr_t attributes;
  posix_spawnattr_init(&attributes);
  posix_spawnattr_setsigmask(&attributes, &mask);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK);
  pid_t child = 0;
  const int error = posix_spawnp(&child, command.front().c_str(), nullptr, &attributes,
                                 pointers(command).data(), pointers(environment).data());
  posix_spawnattr_destroy(&attributes);
  if (error == 0) return child;
  fmt::print(stderr, "globus-sandbox: cannot run {}: {}\n", command.front(),
             std::generic_category().message(error));
  return std::nullopt;
}

std::optional<int> status_if_ended(pid_t child) {
  int status = 0;
  if (waitpid(child, &status, WNOHANG) != child) return std::nullopt;
  return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

}  // namespace

SignalsHeldBack::SignalsHeldBack() {
  sigemptyset(&held_);
  for (const int signal : handed_on) sigaddset(&held_, signal);
  sigaddset(&held_, SIGCHLD);
  pthread_sigmask(SIG_BLOCK, &held_, &before_);
}

SignalsHeldBack::~SignalsHeldBack() {
  pthread_sigmask(SIG_SETMASK, &before_, nullptr);
}

int SignalsHeldBack::run(const std::vector<std::string>& command,
                         const std::map<std::string, std::string>& variables) const {
  const auto child = start(command, environment_with(variables), before_);
  if (!child) return 127;
  for (;;) {
    if (const auto status = status_if_ended(*child)) return *status;
    siginfo_t info{};
    const int signal = sigwaitinfo(&held_, &info);
    // What the terminal sends, it sends to the command as well.
    const bool from_terminal = info.si_code == SI_KERNEL;
    if (signal > 0 && signal != SIGCHLD && !from_terminal) kill(*child, signal);
  }
}

}  // namespace globus_sandbox
