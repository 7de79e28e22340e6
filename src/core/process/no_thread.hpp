// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <system_error>

#include "globus_sdk/core/globus_error.hpp"

namespace globus_sdk::inline v0::detail {

/// What it is to a call that the system gives no thread.
///
/// @param what what the thread is for, as "asynchronous calls".
inline GlobusError no_thread_for(const char* what, const std::system_error& error) {
  return GlobusError("no thread can be started for " + std::string(what) + " (" +
                     error.code().message() +
                     "): raise the limit on processes, or run fewer threads");
}

}  // namespace globus_sdk::inline v0::detail
