// SPDX-License-Identifier: Apache-2.0
#include "core/arguments/require_uuids.hpp"

#include <string>

#include "core/base/uuid.hpp"
#include "globus_sdk/core/globus_error.hpp"

namespace globus_sdk::inline v0::detail {

void require_uuids(std::string_view parameter, const Strings& ids) {
  for (const std::string& id : ids) {
    if (!is_uuid(id)) {
      throw GlobusSDKUsageError(std::string(parameter) + ": '" + id + "' is no UUID");
    }
  }
}

}  // namespace globus_sdk::inline v0::detail
