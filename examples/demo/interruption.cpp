// SPDX-License-Identifier: Apache-2.0
#include "interruption.hpp"

#include <condition_variable>
#include <csignal>
#include <ctime>
#include <mutex>

namespace demo {

namespace {

sigset_t ending_signals() {
  sigset_t signals;
  sigemptyset(&signals);
  for (const int signal : {SIGINT, SIGTERM, SIGHUP}) sigaddset(&signals, signal);
  return signals;
}

/// Takes the signals that come, until it is told to end.
void watch(const std::stop_token& end, std::stop_source interrupted) {
  const sigset_t signals = ending_signals();
  const timespec patience{.tv_sec = 0, .tv_nsec = 50'000'000};
  while (!end.stop_requested())
    if (sigtimedwait(&signals, nullptr, &patience) > 0) interrupted.request_stop();
}

}  // namespace

Interruption::Interruption() {
  const sigset_t signals = ending_signals();
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  std::signal(SIGPIPE,
              SIG_IGN);  // nobody reads our lines any more: still no reason to leave things
  watcher_ = std::jthread([source = source_](const std::stop_token& end) { watch(end, source); });
}

Interruption::~Interruption() = default;

void Interruption::check() const {
  if (source_.stop_requested()) throw Interrupted();
}

void Interruption::sleep(std::chrono::milliseconds time) const {
  std::mutex mutex;
  std::unique_lock lock(mutex);
  std::condition_variable_any never;
  never.wait_for(lock, token(), time, [] { return false; });
  check();
}

}  // namespace demo
