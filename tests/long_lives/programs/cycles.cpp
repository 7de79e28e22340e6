// SPDX-License-Identifier: Apache-2.0
// Clients, transports and authorizers come and go a hundred times; what they opened goes with them.
//
// usage: cycles
#include <chrono>
#include <filesystem>
#include <iterator>
#include <thread>

#include "long_lives/programs/life.hpp"

namespace {

using globus_sdk::TransferClient;

std::ptrdiff_t entries(const char* folder) {
  return std::distance(std::filesystem::directory_iterator(folder), {});
}

struct Usage {
  std::ptrdiff_t descriptors = entries("/proc/self/fd");
  std::ptrdiff_t threads = entries("/proc/self/task");
};

void cycle(int number) {
  globus_sdk::ClientOptions options;
  if (number % 2 == 0) options.transport = globus_sdk::Transport();
  const globus_sdk::RefreshTokenAuthorizer authorizer = life::renewing_authorizer();
  const TransferClient first(authorizer, options);
  const TransferClient second(
      globus_sdk::AccessTokenAuthorizer(life::variable("GLOBUS_SANDBOX_TRANSFER_TOKEN")), options);
  if (number % 3 == 0) life::call_async(first);
  life::call(first);
  life::call(second.with({.deadline = std::chrono::seconds(20)}));
  if (number % 3 == 1) life::call_async(second);
}

void check(const char* what, std::ptrdiff_t before, std::ptrdiff_t after) {
  std::printf("%s: %td before, %td after\n", what, before, after);
  if (after != before) throw std::runtime_error(std::string("left open: ") + what);
}

}  // namespace

int main() {
  return life::run([] {
    cycle(0);  // what is made once in a process is made
    const Usage before;
    for (int number = 0; number < 100; ++number) cycle(number);
    Usage after;
    // a thread that was joined may be listed for a moment yet
    for (int tries = 0; tries < 200 && after.threads != before.threads; ++tries) {
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
      after = Usage();
    }
    check("open file descriptors", before.descriptors, after.descriptors);
    check("threads", before.threads, after.threads);
  });
}
