// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utility>

#include "globus_sdk/core/response.hpp"

namespace globus_sdk::inline v0 {

/// Identities: a range over them. Mirrors `globus_sdk.GetIdentitiesResponse`.
class GetIdentitiesResponse : public IterableResponse {
 public:
  explicit GetIdentitiesResponse(GlobusHTTPResponse response)
      : IterableResponse(std::move(response), "identities") {}
};

}  // namespace globus_sdk::inline v0
