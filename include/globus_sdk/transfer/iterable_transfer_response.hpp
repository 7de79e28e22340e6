// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utility>

#include "globus_sdk/core/response.hpp"

namespace globus_sdk::inline v0 {

/// A listing of Transfer's: a range over its `DATA`. Mirrors `globus_sdk.IterableTransferResponse`.
class IterableTransferResponse : public IterableResponse {
 public:
  explicit IterableTransferResponse(GlobusHTTPResponse response)
      : IterableResponse(std::move(response), "DATA") {}
};

}  // namespace globus_sdk::inline v0
