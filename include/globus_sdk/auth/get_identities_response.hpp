// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <utility>

#include "globus_sdk/core/response.hpp"

namespace globus_sdk::inline v0 {

/// Identities: a range over them. Mirrors `globus_sdk.GetIdentitiesResponse`.
class GetIdentitiesResponse : public IterableResponse {
 public:
  explicit GetIdentitiesResponse(GlobusHTTPResponse response)
      : IterableResponse(std::move(response), "identities") {}

  /// The identity of that id, a UUID; nothing when the service knows none.
  std::optional<JsonView> by_id(Text id) const& { return find("id", id); }
  /// The same for a temporary object.
  std::optional<TemporaryJsonView> by_id(Text id) const&& { return find("id", id); }
  /// The identity of that username, `user@example.org`; nothing when the service knows none.
  std::optional<JsonView> by_username(Text username) const& { return find("username", username); }
  /// The same for a temporary object.
  std::optional<TemporaryJsonView> by_username(Text username) const&& {
    return find("username", username);
  }

 private:
  std::optional<JsonView> find(Text member, Text value) const;
};

}  // namespace globus_sdk::inline v0
