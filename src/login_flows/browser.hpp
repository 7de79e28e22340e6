// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sys/types.h>

#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace globus_sdk::inline v0::detail {

/// What the environment says of browsers; empty where it says nothing.
struct Desktop {
  std::string ssh_tty{};
  std::string ssh_connection{};
  std::string display{};
  std::string wayland_display{};
  /// Commands with colons between, their words as a shell takes them; `%s` in one stands for the
  /// URL.
  std::string browser{};
  std::string path{};
};

/// That of this process.
Desktop desktop_of_environment();

/// How a URL is shown: a command, each `%s` in which stands for the URL; or why it cannot be.
struct BrowserChoice {
  std::vector<std::string> command{};
  std::string why_not{};
};

/// The browser of a user. It starts nothing.
///
/// @param is_program whether a file of this path can be run.
BrowserChoice choose_browser(const Desktop& desktop,
                             const std::function<bool(const std::string&)>& is_program);

/// Whether a file can be run, by this process.
bool is_program(const std::string& path);

/// The processes that browsers were started as. A browser outlives the login that opened it, and
/// nobody may wait for its end: those that have ended are collected at the next occasion.
class BrowserProcesses {
 public:
  BrowserProcesses() = default;
  ~BrowserProcesses();
  BrowserProcesses(const BrowserProcesses&) = delete;
  BrowserProcesses& operator=(const BrowserProcesses&) = delete;

  /// Starts `command` apart from the terminal; nothing where that cannot be done. No shell and no
  /// `fork` is involved.
  std::optional<pid_t> start(const std::vector<std::string>& command, const std::string& url);

  /// Whether a process has ended already, and says that it failed.
  bool has_failed(pid_t process);

 private:
  void collect();

  std::mutex mutex_{};
  std::vector<pid_t> running_{};
  std::vector<pid_t> failed_{};  ///< ended, and not asked for yet
};

}  // namespace globus_sdk::inline v0::detail
