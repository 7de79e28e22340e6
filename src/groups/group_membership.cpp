// SPDX-License-Identifier: Apache-2.0
#include "globus_sdk/groups/group_membership.hpp"

namespace globus_sdk::inline v0 {

GroupMembership::GroupMembership(const JsonView& data) : document(detail::require_object(data)) {}
GroupMembership::GroupMembership(const GlobusHTTPResponse& response)
    : GroupMembership(response.data()) {}

}  // namespace globus_sdk::inline v0
