// SPDX-License-Identifier: Apache-2.0
#include "globus_sdk/auth/auth_client.hpp"

#include "auth/id_token_operations.hpp"
#include "core/call/blocking_mode.hpp"

namespace globus_sdk::inline v0 {

std::optional<JsonView> GetIdentitiesResponse::find(Text member, Text value) const {
  for (const JsonView& identity : *this) {
    if (identity[member] == value.view()) return identity;
  }
  return std::nullopt;
}

template class BasicAuthClient<Blocking>;

}  // namespace globus_sdk::inline v0
