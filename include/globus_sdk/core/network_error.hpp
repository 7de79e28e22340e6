// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>

#include "globus_sdk/core/export.hpp"
#include "globus_sdk/core/globus_error.hpp"
#include "globus_sdk/core/text.hpp"

namespace globus_sdk::inline v0 {

/// No answer came. `what()` adds the method and the URL, without the secrets in the URL.
class GLOBUS_SDK_EXPORT NetworkError : public GlobusError {
 public:
  /// @param method the method of the request; empty when the error is about no request.
  /// @param url the URL of the request; parts that can hold a secret are removed from it.
  /// @param surely_not_processed whether the service cannot have acted on the request.
  NetworkError(Text message, Text method, Text url, bool surely_not_processed = false);
  ~NetworkError() override;

  /// The method of the request that was not answered.
  const std::string& method() const noexcept GLOBUS_SDK_LIFETIMEBOUND;
  /// The URL, without user, password and the values of parameters that can hold a secret.
  const std::string& url() const noexcept GLOBUS_SDK_LIFETIMEBOUND;
  /// True when the service cannot have acted on the last attempt, because it never received it.
  /// False when that is not known.
  bool surely_not_processed() const noexcept;

 private:
  struct Place;
  std::shared_ptr<const Place> place_;
};

/// The connection failed: refused, no such host, TLS failed, broken off.
class GLOBUS_SDK_EXPORT GlobusConnectionError : public NetworkError {
 public:
  using NetworkError::NetworkError;
  ~GlobusConnectionError() override;
};

/// The answer did not come in time.
class GLOBUS_SDK_EXPORT GlobusTimeoutError : public NetworkError {
 public:
  using NetworkError::NetworkError;
  ~GlobusTimeoutError() override;
};

/// The connection was not made in time: the service never saw the request.
class GLOBUS_SDK_EXPORT GlobusConnectionTimeoutError : public GlobusTimeoutError {
 public:
  using GlobusTimeoutError::GlobusTimeoutError;
  ~GlobusConnectionTimeoutError() override;
};

}  // namespace globus_sdk::inline v0
