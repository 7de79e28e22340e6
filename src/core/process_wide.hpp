// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <pthread.h>

#include <cstddef>
#include <new>

namespace globus_sdk::inline v0::detail {

/// The one T of this process. It is made when it is first asked for, and never destroyed, so that
/// static objects may use it until the end. The child of a fork gets a new one: what the inherited
/// one says of the parent's threads is of no use there, and its locks may be held by them.
template <class T> T& process_wide() {
  alignas(T) static std::byte storage[sizeof(T)];
  static T* const only = [] {
    T* const made = new (storage) T;
    pthread_atfork(nullptr, nullptr, [] { new (storage) T; });
    return made;
  }();
  return *only;
}

}  // namespace globus_sdk::inline v0::detail
