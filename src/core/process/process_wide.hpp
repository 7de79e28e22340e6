// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <pthread.h>

#include <atomic>

namespace globus_sdk::inline v0::detail {

/// The one T of this process. It is made when it is first asked for, and never destroyed, so that
/// static objects may use it until the end. The child of a fork gets a new one: what the inherited
/// one says of the parent's threads is of no use there, and its locks may be held by them.
template <class T> T& process_wide() {
  struct Kept {
    T value{};
    const Kept* inherited = nullptr;  // so that it is not taken for lost
  };
  static std::atomic<Kept*> only{nullptr};
  static const bool is_made = [] {
    only.store(new Kept);
    pthread_atfork(nullptr, nullptr, [] {
      auto* const own = new Kept;
      own->inherited = only.load();
      only.store(own);
    });
    return true;
  }();
  static_cast<void>(is_made);
  return only.load()->value;
}

}  // namespace globus_sdk::inline v0::detail
