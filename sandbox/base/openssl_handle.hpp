// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

namespace globus_sandbox {

template <auto Free> struct OpenSSLDeleter {
  template <class T> void operator()(T* object) const { Free(object); }
};

/// An object of OpenSSL's, freed by that function of its.
template <class T, auto Free> using OpenSSLHandle = std::unique_ptr<T, OpenSSLDeleter<Free>>;

}  // namespace globus_sandbox
