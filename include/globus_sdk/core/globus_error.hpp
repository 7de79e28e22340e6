// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <exception>
#include <memory>
#include <string>

#include "globus_sdk/core/export.hpp"

namespace globus_sdk::inline v0 {

// Each of these classes shares its state between copies, so that copying cannot throw. Each has its
// destructor in the library, so that its type information exists in that one place.

/// The base class of everything that this library throws.
class GLOBUS_SDK_EXPORT GlobusError : public std::exception {
 public:
  explicit GlobusError(std::string message);
  ~GlobusError() override;

  /// One line for a person to read; it never holds a secret.
  const char* what() const noexcept override;

 private:
  std::shared_ptr<const std::string> message_;
};

/// The library is used in a way that cannot work: a wrong parameter, a wrong order of calls.
class GLOBUS_SDK_EXPORT GlobusSDKUsageError : public GlobusError {
 public:
  using GlobusError::GlobusError;
  ~GlobusSDKUsageError() override;
};

/// Data that was given to the library is invalid, which can be seen without asking a service.
class GLOBUS_SDK_EXPORT ValidationError : public GlobusError {
 public:
  using GlobusError::GlobusError;
  ~ValidationError() override;
};

/// A document has no such member or element, or it is of another kind than was asked for.
class GLOBUS_SDK_EXPORT JsonError : public GlobusError {
 public:
  using GlobusError::GlobusError;
  ~JsonError() override;
};

/// The caller's `std::stop_token` ended the call.
class GLOBUS_SDK_EXPORT CancelledError : public GlobusError {
 public:
  using GlobusError::GlobusError;
  ~CancelledError() override;
};

}  // namespace globus_sdk::inline v0
