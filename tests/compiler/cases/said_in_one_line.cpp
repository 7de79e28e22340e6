// SPDX-License-Identifier: Apache-2.0
// Mistakes whose first error says what to do.
//! 1 => pth
//! 2 => async() needs #include <globus_sdk/async.hpp>
//! 3 -std=c++17 => the Globus SDK needs C++20: compile with -std=c++20
//! 4 -fno-exceptions => compile without -fno-exceptions
//! 5 => this method is not paginated: call it on the client itself
//! 6 => this method is not paginated: call it on the client itself
#include <globus_sdk/globus_sdk.hpp>

#if __cplusplus >= 202002L
using namespace globus_sdk;

void use(const TransferClient& tc) {
  tc.operation_ls("id", OperationLsOptions{.path = "/"});
#if MISTAKE == 1
  tc.operation_ls("id", OperationLsOptions{.pth = "/"});
#elif MISTAKE == 2
  const auto asynchronous = tc.async();
#elif MISTAKE == 5
  static_cast<void>(tc.paginated().get_task("id"));
#elif MISTAKE == 6
  static_cast<void>(GCSClient("abc.def.data.globus.org").paginated().get_endpoint());
#endif
}
#endif
