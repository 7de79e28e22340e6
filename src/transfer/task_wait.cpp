// SPDX-License-Identifier: Apache-2.0
#include "globus_sdk/transfer/task_wait.hpp"

#include "globus_sdk/core/errors.hpp"

namespace globus_sdk::inline v0 {

const GlobusHTTPResponse& TaskWaitResult::task() const& {
  if (task_) return *task_;
  throw GlobusError(
      "task_wait: no answer about the task came within the timeout, so there is no document of it; "
      "wait longer");
}

}  // namespace globus_sdk::inline v0
