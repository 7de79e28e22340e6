// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "globus_sdk/core/errors.hpp"

namespace globus_sdk::inline v0 {

/// An error of Globus Search.
class GLOBUS_SDK_EXPORT SearchAPIError : public GlobusAPIError {
 public:
  using GlobusAPIError::GlobusAPIError;
  ~SearchAPIError() override;
};

}  // namespace globus_sdk::inline v0
