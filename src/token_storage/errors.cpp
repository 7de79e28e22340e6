// SPDX-License-Identifier: Apache-2.0
#include "globus_sdk/token_storage/errors.hpp"

#include <array>
#include <ctime>
#include <utility>

namespace globus_sdk::inline v0 {

namespace {

std::shared_ptr<const std::string> shared(Text text) {
  return std::make_shared<const std::string>(text);
}

/// In UTC, or the number where no calendar has it.
std::string time_text(std::int64_t seconds) {
  const std::time_t time = seconds;
  std::tm parts{};
  std::array<char, 64> text{};
  if (gmtime_r(&time, &parts) == nullptr) return std::to_string(seconds);
  const auto size = std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%SZ", &parts);
  return std::string(text.data(), size);
}

}  // namespace

TokenStorageError::TokenStorageError(Text filepath, Text problem)
    : GlobusError("token storage " + filepath.str() + ": " + problem.str()),
      filepath_(shared(filepath)) {}

IdentityMismatchError::IdentityMismatchError(std::string message, Text stored_id, Text new_id)
    : IdentityValidationError(std::move(message)),
      stored_id_(shared(stored_id)),
      new_id_(shared(new_id)) {}

MissingTokenError::MissingTokenError(std::string message, Text resource_server)
    : TokenValidationError(std::move(message)), resource_server_(shared(resource_server)) {}

ExpiredTokenError::ExpiredTokenError(std::int64_t expires_at_seconds)
    : TokenValidationError("Token expired at " + time_text(expires_at_seconds)),
      expires_at_seconds_(expires_at_seconds) {}

UnmetScopeRequirementsError::UnmetScopeRequirementsError(std::string message,
                                                         ScopeRequirements scope_requirements)
    : TokenValidationError(std::move(message)),
      scope_requirements_(
          std::make_shared<const ScopeRequirements>(std::move(scope_requirements))) {}

TokenStorageError::~TokenStorageError() = default;
IdentityValidationError::~IdentityValidationError() = default;
MissingIdentityError::~MissingIdentityError() = default;
IdentityMismatchError::~IdentityMismatchError() = default;
MissingTokenError::~MissingTokenError() = default;
ExpiredTokenError::~ExpiredTokenError() = default;
UnmetScopeRequirementsError::~UnmetScopeRequirementsError() = default;

}  // namespace globus_sdk::inline v0
