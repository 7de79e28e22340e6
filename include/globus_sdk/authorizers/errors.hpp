// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "globus_sdk/core/errors.hpp"

namespace globus_sdk::inline v0 {

/// A token fails validation. Mirrors `globus_sdk.token_storage.TokenValidationError`; a validator
/// of one's own throws it, or a class derived from it.
class GLOBUS_SDK_EXPORT TokenValidationError : public GlobusError {
 public:
  using GlobusError::GlobusError;
  ~TokenValidationError() override;
};

/// Nobody but the user can help: a refresh token, or what was stored, is not good for new tokens
/// any more, or a login is needed where none can be run. `what()` says how to log in. Python has no
/// such class.
class GLOBUS_SDK_EXPORT LoginRequiredError : public TokenValidationError {
 public:
  using TokenValidationError::TokenValidationError;
  ~LoginRequiredError() override;
};

}  // namespace globus_sdk::inline v0
