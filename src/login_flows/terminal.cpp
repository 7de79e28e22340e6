// SPDX-License-Identifier: Apache-2.0
#include "login_flows/terminal.hpp"

#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <iostream>
#include <system_error>

#include "globus_sdk/core/errors.hpp"

namespace globus_sdk::inline v0::detail {

namespace {

/// What wakes a poll from another thread.
class Wake {
 public:
  Wake() : descriptor_(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
    if (descriptor_ < 0) {
      throw GlobusError("a login cannot be made stoppable: no file descriptor is free");
    }
  }
  ~Wake() { close(descriptor_); }
  Wake(const Wake&) = delete;
  Wake& operator=(const Wake&) = delete;

  void operator()() const noexcept { eventfd_write(descriptor_, 1); }
  int descriptor() const noexcept { return descriptor_; }

 private:
  int descriptor_;
};

/// Waits until standard input has something, or has ended.
void await_input(const std::stop_token& stop) {
  const Wake wake;
  const std::stop_callback on_stop(stop, [&wake] { wake(); });
  std::array<pollfd, 2> waiting{{{.fd = STDIN_FILENO, .events = POLLIN, .revents = 0},
                                 {.fd = wake.descriptor(), .events = POLLIN, .revents = 0}}};
  while (!stop.stop_requested()) {
    const int ready = poll(waiting.data(), waiting.size(), -1);
    if (ready < 0 && errno != EINTR) throw std::system_error(errno, std::generic_category());
    if (ready > 0 && waiting[0].revents != 0) return;
  }
  throw CancelledError("the login was stopped while it waited for a code");
}

}  // namespace

bool has_terminal() {
  return isatty(STDIN_FILENO) != 0 && (isatty(STDOUT_FILENO) != 0 || isatty(STDERR_FILENO) != 0);
}

std::ostream& terminal_output() {
  return isatty(STDOUT_FILENO) == 0 && isatty(STDERR_FILENO) != 0 ? std::cerr : std::cout;
}

std::optional<std::string> read_input_line(const std::stop_token& stop) {
  // a terminal hands out whole lines, so that what is there can be read without another wait
  if (stop.stop_possible()) await_input(stop);
  std::string line;
  if (std::getline(std::cin, line)) return line;
  // at a terminal, the end of one input is not the end of the next
  std::cin.clear();
  std::clearerr(stdin);
  return std::nullopt;
}

}  // namespace globus_sdk::inline v0::detail
