// SPDX-License-Identifier: Apache-2.0
// Calls that do nothing when what they return is dropped.
//! 1 => nodiscard
//! 2 => nodiscard
//! 3 => nodiscard
//! 4 => nodiscard
//! 5 => nodiscard
//! 6 => nodiscard
//! 7 => nodiscard
#include "globus_sdk/app/globus_app.hpp"
#include "globus_sdk/async.hpp"
#include "globus_sdk/transfer/transfer_client.hpp"

using namespace globus_sdk;

void use(const TransferClient& tc, const GlobusApp& app) {
  const auto hurried = tc.with({.timeout = 5s});
  hurried.task_wait("id", {.timeout = 10min});
  if (!app.preflight("id", 2h)) app.login();
#if MISTAKE == 1
  tc.with({.timeout = 5s});
#elif MISTAKE == 2
  tc.async();
#elif MISTAKE == 3
  tc.paginated();
#elif MISTAKE == 4
  tc.paginated().task_list();
#elif MISTAKE == 5
  tc.paginated().task_list().items();
#elif MISTAKE == 6
  app.preflight("id", 2h);
#elif MISTAKE == 7
  const auto asynchronous = tc.async();
  asynchronous.paginated().task_list();
#endif
}
