// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <openssl/err.h>

namespace globus_sdk::inline v0::detail {

/// Leaves OpenSSL's list of this thread's errors as it was: what fails here is judged here, and
/// libcurl would take it for its own.
class OpenSSLErrors {
 public:
  OpenSSLErrors() noexcept { ERR_set_mark(); }
  ~OpenSSLErrors() { ERR_pop_to_mark(); }
  OpenSSLErrors(const OpenSSLErrors&) = delete;
  OpenSSLErrors& operator=(const OpenSSLErrors&) = delete;
};

}  // namespace globus_sdk::inline v0::detail
