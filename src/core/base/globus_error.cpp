// SPDX-License-Identifier: Apache-2.0
#include "globus_sdk/core/globus_error.hpp"

#include <utility>

namespace globus_sdk::inline v0 {

GlobusError::GlobusError(std::string message)
    : message_(std::make_shared<const std::string>(std::move(message))) {}

const char* GlobusError::what() const noexcept {
  return message_->c_str();
}

GlobusError::~GlobusError() = default;
GlobusSDKUsageError::~GlobusSDKUsageError() = default;
ValidationError::~ValidationError() = default;
JsonError::~JsonError() = default;
CancelledError::~CancelledError() = default;

}  // namespace globus_sdk::inline v0
