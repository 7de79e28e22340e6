// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "globus_sdk/core/errors.hpp"

namespace globus_sdk::inline v0 {

/// An error of Globus Connect Server.
class GLOBUS_SDK_EXPORT GCSAPIError : public GlobusAPIError {
 public:
  using GlobusAPIError::GlobusAPIError;
  ~GCSAPIError() override;
};

}  // namespace globus_sdk::inline v0
