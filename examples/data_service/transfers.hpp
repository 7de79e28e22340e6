// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <stop_token>

#include "data_service/messages.hpp"
#include "data_service/users.hpp"

namespace data_service {

/// Answers the request of a user's program; it works as long as that takes. It does not throw.
///
/// | Request | Body | Answer |
/// |---|---|---|
/// | `POST /submissions` | | 201: `submission_id`, for one `POST /transfers` |
/// | `POST /transfers` | `source` and `destination`, each `COLLECTION_ID:/path`; if you like,
/// `submission_id` | 202: `task_id`, `submission_id`, `code` | | `GET /transfers/TASK_ID` | | 200:
/// `task_id`, `status`, `files_transferred`, `bytes_transferred`; `problem` where the task waits
/// for a person |
///
/// However often a transfer is posted with one `submission_id`, to whichever instance, it is one
/// task. So a program that got no answer, or a 503, posts it again.
///
/// @param stop when it is requested, calls end, and the request is handed back with a 503.
UserAnswer answer_request(const Users& users, const UserRequest& request,
                          const std::stop_token& stop);

}  // namespace data_service
