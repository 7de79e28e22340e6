// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>

#include "globus_sdk/core/errors.hpp"

namespace globus_sdk::inline v0 {

/// A user could not be logged in. Other failures of a login are AuthAPIError and NetworkError, for
/// the answers of the services, and CancelledError, for a stop.
class GLOBUS_SDK_EXPORT LoginFlowError : public GlobusError {
 public:
  using GlobusError::GlobusError;
  ~LoginFlowError() override;
};

/// Input ended where a code was expected, or there is no terminal to ask at. `what()` says what to
/// do. Mirrors `globus_sdk.login_flows.CommandLineLoginFlowEOFError`.
class GLOBUS_SDK_EXPORT CommandLineLoginFlowEOFError : public LoginFlowError {
 public:
  using LoginFlowError::LoginFlowError;
  ~CommandLineLoginFlowEOFError() override;
};

/// A login by a browser and a local server failed. Mirrors
/// `globus_sdk.login_flows.LocalServerLoginError`.
class GLOBUS_SDK_EXPORT LocalServerLoginError : public LoginFlowError {
 public:
  using LoginFlowError::LoginFlowError;
  ~LocalServerLoginError() override;
};

/// No browser can be shown here: this is a remote session, there is no display, or the browser
/// shows text only. `what()` says which, and what to do. Mirrors
/// `globus_sdk.login_flows.LocalServerEnvironmentalLoginError`.
class GLOBUS_SDK_EXPORT LocalServerEnvironmentalLoginError : public LocalServerLoginError {
 public:
  using LocalServerLoginError::LocalServerLoginError;
  ~LocalServerEnvironmentalLoginError() override;
};

/// The user took too long.
class GLOBUS_SDK_EXPORT LoginTimeoutError : public LocalServerLoginError {
 public:
  using LocalServerLoginError::LocalServerLoginError;
  ~LoginTimeoutError() override;
};

/// Globus Auth sent no code: the user declined, or is not allowed to log in.
class GLOBUS_SDK_EXPORT LoginRefusedError : public LocalServerLoginError {
 public:
  /// @param error OAuth2's name for the error.
  LoginRefusedError(Text error, Text error_description);
  ~LoginRefusedError() override;

  /// OAuth2's name for the error: `access_denied` when the user declined.
  const std::string& error() const noexcept GLOBUS_SDK_LIFETIMEBOUND { return *error_; }
  /// What Globus Auth says about the error; empty when it says nothing.
  const std::string& error_description() const noexcept GLOBUS_SDK_LIFETIMEBOUND {
    return *error_description_;
  }

 private:
  std::shared_ptr<const std::string> error_;
  std::shared_ptr<const std::string> error_description_;
};

}  // namespace globus_sdk::inline v0
