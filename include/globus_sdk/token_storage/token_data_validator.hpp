// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "globus_sdk/core/any_of.hpp"
#include "globus_sdk/core/export.hpp"
#include "globus_sdk/token_storage/token_storage_data.hpp"

namespace globus_sdk::inline v0 {

/// What a validator knows besides the tokens.
struct TokenValidationContext {
  /// The identity whose tokens the storage had before, if it is known.
  std::optional<std::string> prior_identity_id{};
  /// The identity that these tokens belong to, if it is known.
  std::optional<std::string> token_data_identity_id{};
};

/// Checks tokens before they are stored and after they are retrieved, and throws a
/// TokenValidationError when they are not acceptable. Mirrors
/// `globus_sdk.token_storage.TokenDataValidator`.
///
/// Derive from this class to write your own validator. Every method may be called from many threads
/// at once.
class GLOBUS_SDK_EXPORT TokenDataValidator {
 public:
  virtual ~TokenDataValidator();

  /// Accepts everything by default.
  virtual void before_store(const TokenStorageDataByResourceServer& token_data_by_resource_server,
                            const TokenValidationContext& context) const;
  /// Accepts everything by default.
  virtual void after_retrieve(const TokenStorageDataByResourceServer& token_data_by_resource_server,
                              const TokenValidationContext& context) const;

 protected:
  TokenDataValidator() = default;
  TokenDataValidator(const TokenDataValidator&) = default;
  TokenDataValidator(TokenDataValidator&&) noexcept = default;
  TokenDataValidator& operator=(const TokenDataValidator&) = default;
  TokenDataValidator& operator=(TokenDataValidator&&) noexcept = default;
};

/// A validator as a parameter: an object of any validator class, by value or in a
/// `std::shared_ptr`.
using AnyTokenDataValidator = AnyOf<TokenDataValidator>;

/// Checks that every token that is retrieved comes with a refresh token; otherwise it throws
/// MissingTokenError.
class GLOBUS_SDK_EXPORT HasRefreshTokensValidator final : public TokenDataValidator {
 public:
  ~HasRefreshTokensValidator() override;
  HasRefreshTokensValidator() = default;
  HasRefreshTokensValidator(const HasRefreshTokensValidator&) = default;
  HasRefreshTokensValidator& operator=(const HasRefreshTokensValidator&) = default;

  void after_retrieve(const TokenStorageDataByResourceServer& token_data_by_resource_server,
                      const TokenValidationContext& context) const override;
};

/// Checks that no token that is retrieved has expired; otherwise it throws ExpiredTokenError.
class GLOBUS_SDK_EXPORT NotExpiredValidator final : public TokenDataValidator {
 public:
  using Now = std::function<std::chrono::system_clock::time_point()>;

  /// @param now tells the time.
  explicit NotExpiredValidator(Now now = &std::chrono::system_clock::now);
  ~NotExpiredValidator() override;
  NotExpiredValidator(const NotExpiredValidator&);
  NotExpiredValidator& operator=(const NotExpiredValidator&);

  void after_retrieve(const TokenStorageDataByResourceServer& token_data_by_resource_server,
                      const TokenValidationContext& context) const override;

 private:
  Now now_;
};

/// Checks tokens before they are stored. It throws MissingIdentityError when they do not say which
/// identity they belong to, and IdentityMismatchError when the earlier tokens belong to another
/// identity.
class GLOBUS_SDK_EXPORT UnchangingIdentityIDValidator final : public TokenDataValidator {
 public:
  ~UnchangingIdentityIDValidator() override;
  UnchangingIdentityIDValidator() = default;
  UnchangingIdentityIDValidator(const UnchangingIdentityIDValidator&) = default;
  UnchangingIdentityIDValidator& operator=(const UnchangingIdentityIDValidator&) = default;

  void before_store(const TokenStorageDataByResourceServer& token_data_by_resource_server,
                    const TokenValidationContext& context) const override;
};

}  // namespace globus_sdk::inline v0
