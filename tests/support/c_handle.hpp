// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

namespace globus_sdk_test {

/// An object of a C library, freed by that function of it.
template <class T, auto Free> struct FreeingDeleter {
  void operator()(T* object) const { Free(object); }
};
template <class T, auto Free> using Handle = std::unique_ptr<T, FreeingDeleter<T, Free>>;

}  // namespace globus_sdk_test
