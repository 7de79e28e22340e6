// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utility>

#include "globus_sdk/core/response.hpp"

namespace globus_sdk::inline v0 {

/// A list of indices: a range over its `index_list`. Mirrors Python's `IndexListResponse`.
class IndexListResponse : public IterableResponse {
 public:
  explicit IndexListResponse(GlobusHTTPResponse response)
      : IterableResponse(std::move(response), "index_list") {}
};

}  // namespace globus_sdk::inline v0
