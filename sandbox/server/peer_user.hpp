// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sys/types.h>

#include <optional>

namespace globus_sandbox {

/// The user whose process holds the other end of an accepted IPv4 connection within this machine.
/// Nothing where that cannot be told: the other end is closed, is not on this machine or not in
/// this network namespace, or the kernel does not say. Asks about the one connection, so that it
/// costs the same however many there are; only where the kernel takes no such questions, its tables
/// are read.
std::optional<uid_t> user_at_other_end(int socket);

/// The user that this process acts as. Nothing in a user namespace that does not tell that user
/// from those who are not in it.
std::optional<uid_t> own_user();

}  // namespace globus_sandbox
