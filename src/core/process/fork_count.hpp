// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

namespace globus_sdk::inline v0::detail {

/// How many forks lie between this process and the one in which it was first asked: another number
/// than before means that this is the child of a fork. Unlike getpid() it is no system call.
std::uint64_t fork_count() noexcept;

}  // namespace globus_sdk::inline v0::detail
