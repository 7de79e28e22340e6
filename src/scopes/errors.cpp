// SPDX-License-Identifier: Apache-2.0
#include "globus_sdk/scopes/errors.hpp"

namespace globus_sdk::inline v0 {

ScopeParseError::ScopeParseError(const std::string& reason, std::size_t position)
    : ValidationError("scopes cannot be read: " + reason + ", at byte " + std::to_string(position)),
      position_(position) {}

ScopeParseError::~ScopeParseError() = default;
ScopeCycleError::~ScopeCycleError() = default;

}  // namespace globus_sdk::inline v0
