// SPDX-License-Identifier: Apache-2.0
#include "login_flows/browser.hpp"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <string_view>

#include "core/base/shell_words.hpp"
#include "core/process/environment_variable.hpp"

namespace globus_sdk::inline v0::detail {

namespace {

/// They take the terminal, and Globus Auth's pages need more than they can show.
constexpr std::array<std::string_view, 9> text_browsers{
    "www-browser", "lynx", "links", "links2", "elinks", "w3m", "browsh", "carbonyl", "netrik"};

/// What opens a page on a desktop, the user's own choice first.
constexpr std::array<std::string_view, 7> desktop_browsers{
    "xdg-open", "x-www-browser", "gnome-www-browser", "firefox",
    "chromium", "google-chrome", "konqueror"};

std::string variable(const char* name) {
  return environment_variable(name).value_or("");
}

std::vector<std::string> split_at_colons(std::string_view text) {
  std::vector<std::string> parts;
  while (!text.empty()) {
    const auto end = text.find(':');
    if (end != 0) parts.emplace_back(text.substr(0, end));
    if (end == std::string_view::npos) break;
    text.remove_prefix(end + 1);
  }
  return parts;
}

bool is_text_browser(std::string_view program) {
  const auto name = program.substr(program.find_last_of('/') + 1);
  return std::ranges::find(text_browsers, name) != text_browsers.end();
}

using IsProgram = std::function<bool(const std::string&)>;

/// The file of a program; empty where there is none.
std::string find_program(const std::string& name, const std::string& path,
                         const IsProgram& is_program) {
  if (name.find('/') != std::string::npos) return is_program(name) ? name : "";
  for (const std::string& folder : split_at_colons(path)) {
    const std::string file = folder + "/" + name;
    if (is_program(file)) return file;
  }
  return {};
}

/// A command with the file of its program, and with a place for the URL; empty where there is none.
std::vector<std::string> complete(std::vector<std::string> command, const std::string& path,
                                  const IsProgram& is_program) {
  if (command.empty()) return {};
  command.front() = find_program(command.front(), path, is_program);
  if (command.front().empty()) return {};
  const auto has_place = [](const std::string& word) {
    return word.find("%s") != std::string::npos;
  };
  if (std::none_of(command.begin() + 1, command.end(), has_place)) command.emplace_back("%s");
  return command;
}

void replace_all(std::string& text, std::string_view what, std::string_view by) {
  for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + by.size())) {
    text.replace(at, what.size(), by);
  }
}

/// Away from the terminal and its signals, and with signals as a program expects them.
class SpawnSettings {
 public:
  SpawnSettings() {
    posix_spawn_file_actions_init(&actions_);
    for (const int descriptor : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
      posix_spawn_file_actions_addopen(&actions_, descriptor, "/dev/null", O_RDWR, 0);
    }
    posix_spawnattr_init(&attributes_);
    sigset_t none;
    sigemptyset(&none);
    sigset_t all;
    sigfillset(&all);
    posix_spawnattr_setsigmask(&attributes_, &none);
    posix_spawnattr_setsigdefault(&attributes_, &all);
    posix_spawnattr_setflags(&attributes_,
                             POSIX_SPAWN_SETSID | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
  }
  ~SpawnSettings() {
    posix_spawnattr_destroy(&attributes_);
    posix_spawn_file_actions_destroy(&actions_);
  }
  SpawnSettings(const SpawnSettings&) = delete;
  SpawnSettings& operator=(const SpawnSettings&) = delete;

  const posix_spawn_file_actions_t* actions() const noexcept { return &actions_; }
  const posix_spawnattr_t* attributes() const noexcept { return &attributes_; }

 private:
  posix_spawn_file_actions_t actions_{};
  posix_spawnattr_t attributes_{};
};

}  // namespace

Desktop desktop_of_environment() {
  return {.ssh_tty = variable("SSH_TTY"),
          .ssh_connection = variable("SSH_CONNECTION"),
          .display = variable("DISPLAY"),
          .wayland_display = variable("WAYLAND_DISPLAY"),
          .browser = variable("BROWSER"),
          .path = variable("PATH")};
}

BrowserChoice choose_browser(const Desktop& desktop, const IsProgram& is_program) {
  if (!desktop.ssh_tty.empty() || !desktop.ssh_connection.empty()) {
    return {.why_not = "this is a remote session"};
  }
  std::string text_browser;
  for (const std::string& wanted : split_at_colons(desktop.browser)) {
    auto command = shell_words(wanted).value_or(std::vector<std::string>());
    // to be left to itself, which it is anyway
    if (!command.empty() && command.back() == "&") command.pop_back();
    if (!command.empty() && is_text_browser(command.front())) {
      text_browser = command.front();
      continue;
    }
    command = complete(std::move(command), desktop.path, is_program);
    if (!command.empty()) return {.command = std::move(command)};
  }
  if (!text_browser.empty()) {
    return {.why_not = "the browser, " + text_browser + ", shows text only"};
  }
  if (desktop.display.empty() && desktop.wayland_display.empty()) {
    return {.why_not = "there is no display"};
  }
  for (const std::string_view name : desktop_browsers) {
    auto command = complete({std::string(name)}, desktop.path, is_program);
    if (!command.empty()) return {.command = std::move(command)};
  }
  return {.why_not = "there is no browser"};
}

bool is_program(const std::string& path) {
  struct stat status{};
  return stat(path.c_str(), &status) == 0 && S_ISREG(status.st_mode) &&
         access(path.c_str(), X_OK) == 0;
}

BrowserProcesses::~BrowserProcesses() {
  collect();
}

std::optional<pid_t> BrowserProcesses::start(const std::vector<std::string>& command,
                                             const std::string& url) {
  const std::lock_guard lock(mutex_);
  collect();
  std::vector<std::string> words = command;
  std::for_each(words.begin() + 1, words.end(),
                [&url](std::string& word) { replace_all(word, "%s", url); });
  std::vector<char*> arguments;
  for (std::string& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  const SpawnSettings settings;
  pid_t process = 0;
  if (posix_spawn(&process, words.front().c_str(), settings.actions(), settings.attributes(),
                  arguments.data(), environ) != 0) {
    return std::nullopt;
  }
  std::erase(failed_, process);  // another process had that number, and nobody asked
  running_.push_back(process);
  return process;
}

bool BrowserProcesses::has_failed(pid_t process) {
  const std::lock_guard lock(mutex_);
  collect();
  return std::erase(failed_, process) > 0;
}

void BrowserProcesses::collect() {
  std::erase_if(running_, [this](pid_t process) {
    int status = 0;
    if (waitpid(process, &status, WNOHANG) == 0) return false;
    // the program that we are in may have collected it itself: then status says nothing
    if (status != 0) failed_.push_back(process);
    return true;
  });
}

}  // namespace globus_sdk::inline v0::detail
