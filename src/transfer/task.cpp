// SPDX-License-Identifier: Apache-2.0
#include "globus_sdk/transfer/task.hpp"

namespace globus_sdk::inline v0 {

TaskFatalError::TaskFatalError(const JsonView& data) : document(detail::require_object(data)) {}
TaskFatalError::TaskFatalError(const GlobusHTTPResponse& response)
    : TaskFatalError(response.data()) {}

Task::Task(const JsonView& data) : document(detail::require_object(data)) {}
Task::Task(const GlobusHTTPResponse& response) : Task(response.data()) {}

}  // namespace globus_sdk::inline v0
