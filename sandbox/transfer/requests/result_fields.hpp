// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/json/object.hpp>
#include <string>
#include <vector>

namespace globus_sandbox::transfer {

/// Takes away what the parameter `fields` does not ask for: of a list, its items' fields, else the
/// document's own. `DATA_TYPE` always stays. Throws a ServiceError (400) for a field that there is
/// not.
/// @param lists values of the parameter, each with commas between names; empty ones ask for all
void keep_fields(boost::json::object& document, const std::vector<std::string>& lists);

}  // namespace globus_sandbox::transfer
