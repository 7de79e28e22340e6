// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/json/object.hpp>
#include <string_view>

#include "globus_sdk/core/json.hpp"

namespace globus_sdk::inline v0::detail {

/// The members of a JSON object that was given for a parameter.
///
/// @throws GlobusSDKUsageError when it is no object; names the parameter.
const boost::json::object& object_of(const Json& json, std::string_view parameter);

}  // namespace globus_sdk::inline v0::detail
