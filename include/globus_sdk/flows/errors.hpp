// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "globus_sdk/core/errors.hpp"

namespace globus_sdk::inline v0 {

/// An error of Globus Flows.
class GLOBUS_SDK_EXPORT FlowsAPIError : public GlobusAPIError {
 public:
  using GlobusAPIError::GlobusAPIError;
  ~FlowsAPIError() override;
};

}  // namespace globus_sdk::inline v0
