// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "sandbox/server/directory.hpp"
#include "sandbox/server/service.hpp"

namespace globus_sandbox {

/// Makes the services, in the order in which they begin, and puts them into the list that the
/// surroundings show. Returns the one that knows who is who.
const Directory& make_services(Surroundings surroundings, ServiceList& services);

}  // namespace globus_sandbox
