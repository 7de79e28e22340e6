// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "globus_sdk/core/errors.hpp"

namespace globus_sdk::inline v0 {

/// A token fails validation. Mirrors `globus_sdk.token_storage.TokenValidationError`. Your own
/// validator throws this error, or a class derived from it.
class GLOBUS_SDK_EXPORT TokenValidationError : public GlobusError {
 public:
  using GlobusError::GlobusError;
  ~TokenValidationError() override;
};

/// Only a login by the user can help. Either a refresh token, or what is stored, can give no new
/// tokens any more, or a login is needed where none can be run. `what()` says how to log in. Python
/// has no such class.
class GLOBUS_SDK_EXPORT LoginRequiredError : public TokenValidationError {
 public:
  using TokenValidationError::TokenValidationError;
  ~LoginRequiredError() override;
};

}  // namespace globus_sdk::inline v0
