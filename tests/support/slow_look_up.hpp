// SPDX-License-Identifier: Apache-2.0
// A getaddrinfo of the program's own, which libcurl calls in place of the system's: names that end
// in `.slow.example` are looked up for 20 s, as with name servers that are silent, and are not
// found then. Include it in one file of a program.
#pragma once

#include <dlfcn.h>
#include <netdb.h>

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <string_view>

namespace globus_sdk_test {

constexpr std::chrono::seconds slow_look_up_takes{20};

/// The look-ups that are under way. Never taken apart: they may last until the process ends.
struct SlowLookUps {
  static SlowLookUps& all() {
    static auto* const instance = new SlowLookUps;
    return *instance;
  }

  void wait() {
    std::unique_lock lock(mutex);
    ++under_way;
    changed.notify_all();
    changed.wait_for(lock, slow_look_up_takes, [this] { return ending; });
    --under_way;
    changed.notify_all();
  }
  /// Waits until one is under way.
  void await_one() {
    std::unique_lock lock(mutex);
    changed.wait(lock, [this] { return under_way > 0; });
  }
  /// Lets all of them end, and waits until they have.
  void end() {
    std::unique_lock lock(mutex);
    ending = true;
    changed.notify_all();
    changed.wait(lock, [this] { return under_way == 0; });
    ending = false;
  }

  std::mutex mutex;
  std::condition_variable changed;
  int under_way = 0;    // guarded by mutex
  bool ending = false;  // guarded by mutex
};

}  // namespace globus_sdk_test

extern "C" __attribute__((visibility("default"))) int getaddrinfo(const char* node,
                                                                  const char* service,
                                                                  const addrinfo* hints,
                                                                  addrinfo** result) {
  if (node != nullptr && std::string_view(node).ends_with(".slow.example")) {
    globus_sdk_test::SlowLookUps::all().wait();
    return EAI_NONAME;
  }
  using Function = int (*)(const char*, const char*, const addrinfo*, addrinfo**);
  static const auto of_the_system = reinterpret_cast<Function>(dlsym(RTLD_NEXT, "getaddrinfo"));
  return of_the_system(node, service, hints, result);
}
