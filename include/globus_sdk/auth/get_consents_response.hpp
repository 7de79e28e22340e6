// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utility>

#include "globus_sdk/core/response.hpp"
#include "globus_sdk/scopes/consents.hpp"

namespace globus_sdk::inline v0 {

/// What a user has consented to: a range over the consents. Mirrors
/// `globus_sdk.GetConsentsResponse`.
class GetConsentsResponse : public IterableResponse {
 public:
  explicit GetConsentsResponse(GlobusHTTPResponse response)
      : IterableResponse(std::move(response), "consents") {}

  /// The consents as trees, which show whether a login would have to ask for more.
  ///
  /// @throws ConsentParseError when one of them is no consent; ConsentTreeConstructionError when
  ///   one depends on another that is not among them.
  ConsentForest to_forest() const { return ConsentForest(data()); }
};

}  // namespace globus_sdk::inline v0
