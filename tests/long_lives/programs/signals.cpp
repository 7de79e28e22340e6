// SPDX-License-Identifier: Apache-2.0
// Calls under signals. SIGPIPE has its default action throughout, which ends the process.
//
// usage: signals MODE
//   storm      a timer interrupts every system call a thousand times a second
//   mid-send   connections are reset in the middle of a large upload; then the clients go
//   idle       the server has closed the idle connections; then the clients go
#include <sys/time.h>

#include <atomic>
#include <csignal>
#include <optional>
#include <string_view>

#include "long_lives/programs/life.hpp"

namespace {

using globus_sdk::TransferClient;

std::atomic<int> interruptions{0};  // handlers run in several threads

void interrupt_every_millisecond() {
  struct sigaction action{};
  action.sa_handler = [](int) { ++interruptions; };
  action.sa_flags = 0;  // without SA_RESTART: what the signal interrupts fails with EINTR
  sigaction(SIGALRM, &action, nullptr);
  const itimerval every_millisecond{{0, 1000}, {0, 1000}};
  setitimer(ITIMER_REAL, &every_millisecond, nullptr);
}

void storm() {
  globus_sdk::RetryConfig never;
  never.max_retries = 0;  // a retry would hide the failure
  globus_sdk::ClientOptions options;
  options.retry_config = never;
  interrupt_every_millisecond();
  // new connections again and again, and calls over those that stand
  for (int round = 0; round < 25; ++round) {
    const TransferClient client(
        globus_sdk::AccessTokenAuthorizer(life::variable("GLOBUS_SANDBOX_TRANSFER_TOKEN")),
        options);
    for (int count = 0; count < 10; ++count) life::call(client);
    for (int count = 0; count < 10; ++count) life::call_async(client);
  }
  const itimerval never_again{};
  setitimer(ITIMER_REAL, &never_again, nullptr);
  std::printf("interrupted %d times\n", interruptions.load());
  if (interruptions < 50) throw std::runtime_error("that was no storm");
}

template <class Send> void expect_connection_error(Send send) {
  try {
    send();
  } catch (const globus_sdk::GlobusConnectionError& error) {
    std::printf("as it should: %s\n", error.what());
    return;
  }
  throw std::runtime_error("the upload came through");
}

void mid_send() {
  const TransferClient client = life::transfer_client().with({.max_retries = 0});
  globus_sdk::RequestOptions upload;
  upload.data = std::string(8'000'000, 'x');
  upload.encoding = "text";
  for (int round = 0; round < 5; ++round) {
    expect_connection_error([&] { client.post("submission_id", upload); });
    expect_connection_error(
        [&] { globus_sdk_test::run_async(client.async().post("submission_id", upload)); });
  }
}

void idle() {
  std::optional<TransferClient> client(life::transfer_client());
  std::optional<TransferClient> unused_again(life::transfer_client());
  for (const auto* used : {&client, &unused_again}) {
    life::call(**used);
    life::call_async(**used);
  }
  std::puts("asking");
  std::fflush(stdout);
  if (std::getchar() == EOF) throw std::runtime_error("no word from the test");
  unused_again.reset();
  life::call(*client);
  life::call_async(*client);
  client.reset();
}

}  // namespace

int main(int, char** arguments) {
  std::signal(SIGPIPE, SIG_DFL);
  const std::string_view mode = arguments[1];
  return life::run([mode] {
    if (mode == "storm") return storm();
    if (mode == "mid-send") return mid_send();
    if (mode == "idle") return idle();
    throw std::runtime_error("no such mode");
  });
}
