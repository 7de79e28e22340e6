// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/json/object.hpp>
#include <optional>

#include "sandbox/server/http.hpp"

namespace globus_sandbox {

class Directory;
class FaultPlan;

/// The answer to a request of somebody who lacks what a planned fault requires: 403 with
/// authorization parameters, in the form that Globus' services share. Nothing for anybody else, and
/// for who has no good token, whom the service itself refuses.
std::optional<HttpResponse> answer_to_unmet_requirement(FaultPlan& faults,
                                                        const Directory& directory,
                                                        const HttpRequest& request);

/// Throws std::invalid_argument, with a message that names the field, for authorization parameters
/// that no login could bring about.
void check_requirement(const Directory& directory, const boost::json::object& require);

}  // namespace globus_sandbox
