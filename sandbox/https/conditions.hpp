// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "sandbox/base/clock.hpp"
#include "sandbox/https/validators.hpp"
#include "sandbox/server/http.hpp"

namespace globus_sandbox::https {

/// What becomes of a request by its conditions.
enum class Verdict {
  go_on,         ///< it is answered as if it had none
  not_modified,  ///< 304
  failed         ///< 412
};

/// Looks at If-Match, If-Unmodified-Since, If-None-Match and If-Modified-Since in their order of
/// precedence (RFC 9110, 13.2.2).
/// @param current of the file that the request is for; nothing where there is none
Verdict judge_conditions(const HttpRequest& request, const std::optional<Validators>& current);

/// Whether the Range header of a GET counts, by its If-Range header (RFC 9110, 13.1.5). A time
/// counts only where it is that of the file and more than a second ago: in the same second the file
/// may have changed again.
bool range_counts(const HttpRequest& request, const Validators& current, Instant now);

}  // namespace globus_sandbox::https
