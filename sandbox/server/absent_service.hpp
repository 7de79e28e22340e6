// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "sandbox/server/service.hpp"

namespace globus_sandbox {

/// The services of Globus that the sandbox may not have: each says so to every request, in the
/// form of that service's errors.
ServiceList absent_services();

}  // namespace globus_sandbox
