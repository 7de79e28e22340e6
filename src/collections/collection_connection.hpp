// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "core/call/client_state.hpp"

namespace globus_sdk::inline v0::detail {

/// The state of a client for one collection.
struct CollectionState : ClientState {
  explicit CollectionState(const ClientState& state) : ClientState(state) {}

  std::optional<Connection> transfer{};  ///< of the same app, where there is one
};

}  // namespace globus_sdk::inline v0::detail
