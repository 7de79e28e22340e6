// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "globus_sdk/core/errors.hpp"

namespace globus_sdk::inline v0 {

/// An error of Globus Timers.
class GLOBUS_SDK_EXPORT TimersAPIError : public GlobusAPIError {
 public:
  using GlobusAPIError::GlobusAPIError;
  ~TimersAPIError() override;
};

}  // namespace globus_sdk::inline v0
