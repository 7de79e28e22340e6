// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "globus_sdk/core/errors.hpp"

namespace globus_sdk::inline v0 {

/// An error of Globus Flows. Where several parts of a request are wrong, messages() has a message
/// for each, and `errors().front().get("detail")` says where each of them is.
class GLOBUS_SDK_EXPORT FlowsAPIError : public GlobusAPIError {
 public:
  using GlobusAPIError::GlobusAPIError;
  ~FlowsAPIError() override;

  /// The id by which the service's support finds the request; empty when the answer has none.
  /// Beyond Python, where it is in `raw_json`.
  std::string debug_id() const;
};

}  // namespace globus_sdk::inline v0
