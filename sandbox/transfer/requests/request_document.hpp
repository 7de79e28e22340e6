// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/json/object.hpp>
#include <string_view>

#include "sandbox/server/http.hpp"

namespace globus_sandbox::transfer {

/// The body of a request as a JSON object whose `DATA_TYPE`, where it has one, is that type. Throws
/// a ServiceError.
boost::json::object read_document(const HttpRequest& request, std::string_view data_type);

/// Refuses any local user but the one that the sandbox itself runs as, since it maps nobody to
/// another.
void require_own_local_user(std::string_view local_user);

}  // namespace globus_sandbox::transfer
