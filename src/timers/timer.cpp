// SPDX-License-Identifier: Apache-2.0
#include "globus_sdk/timers/timer.hpp"

namespace globus_sdk::inline v0 {

Timer::Timer(const JsonView& data) : document(detail::require_object(data)) {}
Timer::Timer(const GlobusHTTPResponse& response)
    : Timer(response.get("timer").value_or(response.data())) {}

}  // namespace globus_sdk::inline v0
