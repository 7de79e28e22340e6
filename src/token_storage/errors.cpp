// SPDX-License-Identifier: Apache-2.0
#include "globus_sdk/token_storage/errors.hpp"

#include <chrono>
#include <utility>

#include "core/base/iso8601.hpp"

namespace globus_sdk::inline v0 {

namespace {

std::shared_ptr<const std::string> shared(Text text) {
  return std::make_shared<const std::string>(text);
}

/// In UTC, or the number where that has no text.
std::string time_text(std::int64_t seconds) {
  const std::chrono::seconds since_epoch{seconds};
  if (!detail::has_iso8601_text(since_epoch)) return std::to_string(seconds);
  return detail::format_iso8601_seconds(std::chrono::sys_seconds(since_epoch));
}

}  // namespace

TokenStorageError::TokenStorageError(Text filepath, Text problem)
    : GlobusError("token storage " + filepath.str() + ": " + problem.str()),
      filepath_(shared(filepath)) {}

TokenSealError::TokenSealError(Text storage, Text resource_server, Text problem)
    : TokenStorageError(storage, "the token for " + resource_server.str() + " " + problem.str()),
      resource_server_(shared(resource_server)) {}

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
TokenSealError::~TokenSealError() = default;
IdentityValidationError::~IdentityValidationError() = default;
MissingIdentityError::~MissingIdentityError() = default;
IdentityMismatchError::~IdentityMismatchError() = default;
MissingTokenError::~MissingTokenError() = default;
ExpiredTokenError::~ExpiredTokenError() = default;
UnmetScopeRequirementsError::~UnmetScopeRequirementsError() = default;

}  // namespace globus_sdk::inline v0
