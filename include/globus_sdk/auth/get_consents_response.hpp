// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utility>

#include "globus_sdk/core/response.hpp"

namespace globus_sdk::inline v0 {

/// What a user has consented to: a range over the consents. Mirrors
/// `globus_sdk.GetConsentsResponse`.
class GetConsentsResponse : public IterableResponse {
 public:
  explicit GetConsentsResponse(GlobusHTTPResponse response)
      : IterableResponse(std::move(response), "consents") {}
};

}  // namespace globus_sdk::inline v0
