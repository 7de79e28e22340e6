// SPDX-License-Identifier: Apache-2.0
#include "core/arguments/object_of.hpp"

#include <boost/json/value.hpp>
#include <string>

#include "globus_sdk/core/globus_error.hpp"

namespace globus_sdk::inline v0::detail {

const boost::json::object& object_of(const Json& json, std::string_view parameter) {
  const boost::json::object* object = json.value().if_object();
  if (object == nullptr) {
    throw GlobusSDKUsageError(std::string(parameter) + " must be an object of names and values");
  }
  return *object;
}

}  // namespace globus_sdk::inline v0::detail
