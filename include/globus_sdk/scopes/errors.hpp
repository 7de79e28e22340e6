// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>

#include "globus_sdk/core/errors.hpp"
#include "globus_sdk/core/export.hpp"

namespace globus_sdk::inline v0 {

/// A text of scopes cannot be read. `what()` says why, and where.
class GLOBUS_SDK_EXPORT ScopeParseError : public ValidationError {
 public:
  /// @param position the byte of the text, counted from 0.
  ScopeParseError(const std::string& reason, std::size_t position);
  ~ScopeParseError() override;

  /// The byte of the text, counted from 0, at which the text cannot be read.
  std::size_t position() const noexcept { return position_; }

 private:
  std::size_t position_;
};

/// A scope depends on itself.
class GLOBUS_SDK_EXPORT ScopeCycleError : public ScopeParseError {
 public:
  using ScopeParseError::ScopeParseError;
  ~ScopeCycleError() override;
};

}  // namespace globus_sdk::inline v0
