// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utility>

#include "globus_sdk/core/response.hpp"

namespace globus_sdk::inline v0 {

/// A listing of Globus Connect Server's: a range over its `data`. Mirrors
/// `globus_sdk.IterableGCSResponse`.
class IterableGCSResponse : public IterableResponse {
 public:
  explicit IterableGCSResponse(GlobusHTTPResponse response)
      : IterableResponse(std::move(response), "data") {}
};

}  // namespace globus_sdk::inline v0
