// SPDX-License-Identifier: Apache-2.0
#include "globus_sdk/groups/group.hpp"

namespace globus_sdk::inline v0 {

Group::Group(const JsonView& data) : document(detail::require_object(data)) {}
Group::Group(const GlobusHTTPResponse& response) : Group(response.data()) {}

}  // namespace globus_sdk::inline v0
