// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>

namespace globus_sdk::inline v0::detail {

/// Keeps for good what the child of a fork inherited and must not touch: connections of its parent,
/// and what belongs to threads that only the parent has. Leak checkers see that it is kept.
void abandon(std::shared_ptr<const void> inherited) noexcept;

}  // namespace globus_sdk::inline v0::detail
