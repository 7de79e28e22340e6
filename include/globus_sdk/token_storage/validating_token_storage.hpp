// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "globus_sdk/token_storage/errors.hpp"
#include "globus_sdk/token_storage/token_data_validator.hpp"
#include "globus_sdk/token_storage/token_storage.hpp"

namespace globus_sdk::inline v0 {

/// Options of ValidatingTokenStorage.
struct ValidatingTokenStorageOptions {
  /// The validators, called in this order.
  std::vector<AnyTokenDataValidator> validators{};
};

/// Puts validators in front of another storage: they check tokens before they are stored and after
/// they are retrieved. Mirrors `globus_sdk.token_storage.ValidatingTokenStorage`.
///
/// It knows which identity its tokens belong to: that of the first tokens that it retrieves or
/// stores. Copies share this identity, and the validators.
class GLOBUS_SDK_EXPORT ValidatingTokenStorage final : public TokenStorage {
 public:
  /// Reads the stored tokens, to learn which identity they belong to.
  ///
  /// @throws ValidationError when the stored tokens belong to several identities, and what reading
  ///   them throws.
  explicit ValidatingTokenStorage(AnyTokenStorage token_storage,
                                  const ValidatingTokenStorageOptions& options = {});
  ~ValidatingTokenStorage() override;
  ValidatingTokenStorage(const ValidatingTokenStorage&);
  ValidatingTokenStorage& operator=(const ValidatingTokenStorage&);

  /// @throws TokenValidationError what a validator throws; nothing is stored then.
  /// @throws ValidationError when these tokens belong to several identities.
  void store_token_data_by_resource_server(
      const TokenStorageDataByResourceServer& token_data_by_resource_server) const override;
  /// @throws TokenValidationError what a validator throws.
  TokenStorageDataByResourceServer get_token_data_by_resource_server() const override;
  bool remove_token_data(Text resource_server) const override;

  /// The token for a resource server. The result always has a value: without a stored token it
  /// throws.
  ///
  /// @throws MissingTokenError when nothing is stored for that resource server.
  /// @throws TokenValidationError what a validator throws.
  std::optional<TokenStorageData> get_token_data(Text resource_server) const override;

  void store_token_response(const OAuthTokenResponse& token_response) const override;
  RenewalLock lock_renewal(Text resource_server, std::chrono::milliseconds timeout) const override;
  ReservedSpace reserve_space() const override;
  void close() const override;

  /// For the answer to a refresh, the identity of the stored tokens; otherwise what the inner
  /// storage says.
  std::optional<std::string> extract_identity_id(
      const OAuthTokenResponse& token_response) const override;

  /// The identity whose tokens are stored, if it is known.
  std::optional<std::string> identity_id() const;

  /// The inner storage.
  const std::shared_ptr<const TokenStorage>& token_storage() const noexcept
      GLOBUS_SDK_LIFETIMEBOUND;

  /// Adds a validator, which is called after the others.
  void add_validator(AnyTokenDataValidator validator) const;

 private:
  struct State;
  std::shared_ptr<State> state_;
};

}  // namespace globus_sdk::inline v0
