// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <string>

#include "globus_sdk/authorizers/errors.hpp"
#include "globus_sdk/core/errors.hpp"
#include "globus_sdk/scopes/scope.hpp"

namespace globus_sdk::inline v0 {

/// A file of tokens cannot be read or written: it is damaged, from a newer version, or owned by
/// another user, or the file system refuses. What was stored stays as it is. `what()` names the
/// file and says what to do.
class GLOBUS_SDK_EXPORT TokenStorageError : public GlobusError {
 public:
  /// @param problem what is wrong, then a comma or semicolon, then what to do about it.
  TokenStorageError(Text filepath, Text problem);
  ~TokenStorageError() override;

  /// The file that the error is about.
  const std::string& filepath() const noexcept GLOBUS_SDK_LIFETIMEBOUND { return *filepath_; }

 private:
  std::shared_ptr<const std::string> filepath_;
};

/// A sealed token cannot be opened: there is no key for it, or what is stored was changed. What was
/// stored stays as it is. `what()` names the storage and the resource server, and no key.
class GLOBUS_SDK_EXPORT TokenSealError : public TokenStorageError {
 public:
  /// @param storage the name of the storage's file, or what else it is called.
  /// @param resource_server whose token it is.
  /// @param problem what is wrong, then a comma or semicolon, then what to do about it.
  TokenSealError(Text storage, Text resource_server, Text problem);
  ~TokenSealError() override;

  /// The service of the token.
  const std::string& resource_server() const noexcept GLOBUS_SDK_LIFETIMEBOUND {
    return *resource_server_;
  }

 private:
  std::shared_ptr<const std::string> resource_server_;
};

/// The identity that tokens belong to is unknown, or is not the identity of the stored tokens.
class GLOBUS_SDK_EXPORT IdentityValidationError : public TokenValidationError {
 public:
  using TokenValidationError::TokenValidationError;
  ~IdentityValidationError() override;
};

/// Tokens do not say which identity they belong to.
class GLOBUS_SDK_EXPORT MissingIdentityError : public IdentityValidationError {
 public:
  using IdentityValidationError::IdentityValidationError;
  ~MissingIdentityError() override;
};

/// Tokens belong to another identity than those that are stored.
class GLOBUS_SDK_EXPORT IdentityMismatchError : public IdentityValidationError {
 public:
  /// @param stored_id the identity whose tokens are stored.
  /// @param new_id the identity whose tokens were to be stored.
  IdentityMismatchError(std::string message, Text stored_id, Text new_id);
  ~IdentityMismatchError() override;

  /// The identity whose tokens are stored.
  const std::string& stored_id() const noexcept GLOBUS_SDK_LIFETIMEBOUND { return *stored_id_; }
  /// The identity whose tokens were to be stored.
  const std::string& new_id() const noexcept GLOBUS_SDK_LIFETIMEBOUND { return *new_id_; }

 private:
  std::shared_ptr<const std::string> stored_id_;
  std::shared_ptr<const std::string> new_id_;
};

/// There is no token, or no refresh token, for a resource server.
class GLOBUS_SDK_EXPORT MissingTokenError : public TokenValidationError {
 public:
  /// @param resource_server the service without a token.
  MissingTokenError(std::string message, Text resource_server);
  ~MissingTokenError() override;

  /// The service without a token.
  const std::string& resource_server() const noexcept GLOBUS_SDK_LIFETIMEBOUND {
    return *resource_server_;
  }

 private:
  std::shared_ptr<const std::string> resource_server_;
};

/// A stored token has expired.
class GLOBUS_SDK_EXPORT ExpiredTokenError : public TokenValidationError {
 public:
  /// @param expires_at_seconds when it expired, in seconds since the epoch.
  explicit ExpiredTokenError(std::int64_t expires_at_seconds);
  ~ExpiredTokenError() override;

  /// When it expired, in seconds since the epoch.
  std::int64_t expires_at_seconds() const noexcept { return expires_at_seconds_; }
  /// When it expired.
  std::chrono::sys_seconds expiration() const noexcept {
    return std::chrono::sys_seconds(std::chrono::seconds(expires_at_seconds_));
  }

 private:
  std::int64_t expires_at_seconds_;
};

/// A stored token lacks scopes that are required.
class GLOBUS_SDK_EXPORT UnmetScopeRequirementsError : public TokenValidationError {
 public:
  /// Scopes by resource server.
  using ScopeRequirements = std::map<std::string, ScopeList>;

  /// @param scope_requirements all scopes that were required.
  UnmetScopeRequirementsError(std::string message, ScopeRequirements scope_requirements);
  ~UnmetScopeRequirementsError() override;

  /// All scopes that were required, not only the missing ones.
  const ScopeRequirements& scope_requirements() const noexcept GLOBUS_SDK_LIFETIMEBOUND {
    return *scope_requirements_;
  }

 private:
  std::shared_ptr<const ScopeRequirements> scope_requirements_;
};

}  // namespace globus_sdk::inline v0
