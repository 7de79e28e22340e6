// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "sandbox/base/clock.hpp"

namespace globus_sandbox {
class Database;
}

namespace globus_sandbox::auth {

/// Forgets what nobody can use any more, an hour after its end: tokens, codes, and the sessions
/// that neither belong to, so that a sandbox that runs for weeks does not grow with every login.
void prune(Database& database, Instant now);

}  // namespace globus_sandbox::auth
