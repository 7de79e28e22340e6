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

/// How a ValidatingTokenStorage is set up.
struct ValidatingTokenStorageOptions {
  /// Asked in this order.
  std::vector<AnyTokenDataValidator> validators{};
};

/// Another storage, with validators before what is stored and after what is retrieved. Mirrors
/// `globus_sdk.token_storage.ValidatingTokenStorage`.
///
/// It knows whose tokens it holds: the identity of the first tokens that it retrieves or stores. A
/// copy shares that, and the validators.
class GLOBUS_SDK_EXPORT ValidatingTokenStorage final : public TokenStorage {
 public:
  /// Reads what is stored, to learn whose it is.
  ///
  /// @throws ValidationError when there are tokens of several identities, and whatever reading
  /// throws.
  explicit ValidatingTokenStorage(AnyTokenStorage token_storage,
                                  const ValidatingTokenStorageOptions& options = {});
  ~ValidatingTokenStorage() override;
  ValidatingTokenStorage(const ValidatingTokenStorage&);
  ValidatingTokenStorage& operator=(const ValidatingTokenStorage&);

  /// @throws TokenValidationError what a validator throws; nothing is stored then.
  /// @throws ValidationError when these are tokens of several identities.
  void store_token_data_by_resource_server(
      const TokenStorageDataByResourceServer& token_data_by_resource_server) const override;
  /// @throws TokenValidationError what a validator throws.
  TokenStorageDataByResourceServer get_token_data_by_resource_server() const override;
  bool remove_token_data(Text resource_server) const override;

  /// Never without a value: where nothing is stored it throws.
  ///
  /// @throws MissingTokenError when nothing is stored for that resource server.
  /// @throws TokenValidationError what a validator throws.
  std::optional<TokenStorageData> get_token_data(Text resource_server) const override;

  void store_token_response(const OAuthTokenResponse& token_response) const override;
  RenewalLock lock_renewal(Text resource_server, std::chrono::milliseconds timeout) const override;
  ReservedSpace reserve_space() const override;
  void close() const override;

  /// After a refresh the identity of the stored tokens; otherwise what the storage behind it says.
  std::optional<std::string> extract_identity_id(
      const OAuthTokenResponse& token_response) const override;

  /// Whose tokens are stored, if that is known.
  std::optional<std::string> identity_id() const;

  /// The storage behind it.
  const std::shared_ptr<const TokenStorage>& token_storage() const noexcept
      GLOBUS_SDK_LIFETIMEBOUND;

  /// Adds a validator, which is asked after the others.
  void add_validator(AnyTokenDataValidator validator) const;

 private:
  struct State;
  std::shared_ptr<State> state_;
};

}  // namespace globus_sdk::inline v0
