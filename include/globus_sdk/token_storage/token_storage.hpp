// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "globus_sdk/authorizers/oauth_token_response.hpp"
#include "globus_sdk/core/any_of.hpp"
#include "globus_sdk/core/export.hpp"
#include "globus_sdk/core/field.hpp"
#include "globus_sdk/core/text.hpp"
#include "globus_sdk/token_storage/token_storage_data.hpp"

namespace globus_sdk::inline v0 {

/// Keeps tokens. Mirrors `globus_sdk.token_storage.TokenStorage`.
///
/// A storage is divided into namespaces, of which an object sees one; in it there is one token for
/// each resource server. An object is a handle: a copy shares its state, and every method may be
/// called from many threads at once.
///
/// Derive from it to write one of your own: three functions are all that it takes.
class GLOBUS_SDK_EXPORT TokenStorage {
 public:
  virtual ~TokenStorage();

  /// Stores each of these, in place of what there was for the same resource server. What is stored
  /// for others stays. With none of them nothing changes; a storage that may fail to store does as
  /// much as tells whether it would: StoredTokenAuthorizer asks that before it spends a refresh
  /// token.
  virtual void store_token_data_by_resource_server(
      const TokenStorageDataByResourceServer& token_data_by_resource_server) const = 0;

  /// Everything in this namespace.
  virtual TokenStorageDataByResourceServer get_token_data_by_resource_server() const = 0;

  /// Forgets what is stored for a resource server.
  ///
  /// @return whether there was anything.
  virtual bool remove_token_data(Text resource_server) const = 0;

  /// What is stored for a resource server, if anything.
  virtual std::optional<TokenStorageData> get_token_data(Text resource_server) const;

  /// Stores every token of an answer of Globus Auth. Whom they belong to is read from its id token,
  /// where it has one; that it is genuine is not verified here. What the answer to a refresh does
  /// not name, the refresh token or whom it belongs to, stays as it is stored.
  ///
  /// @throws ValidationError when the answer has an id token that cannot be read.
  virtual void store_token_response(const OAuthTokenResponse& token_response) const;

  /// Held for as long as it lives.
  using RenewalLock = std::shared_ptr<const void>;

  /// Locks the renewal of a resource server's tokens, against every other user of the same storage,
  /// in this process or in another. The holder reads what is stored, renews it unless another has
  /// done so, stores the result, and then releases the lock. StoredTokenAuthorizer does so. By
  /// default there is no such lock, which is right for a storage that only one authorizer uses.
  ///
  /// @param timeout how long to wait for it.
  /// @throws TokenStorageError when another holds it for longer than that.
  virtual RenewalLock lock_renewal(Text resource_server, std::chrono::milliseconds timeout) const;

  /// Room for what the next store takes, for as long as the object lives.
  using ReservedSpace = std::shared_ptr<const void>;

  /// Reserves room for one store, so that nobody else fills the disk meanwhile. Who redeems a
  /// refresh token reserves it before, and gives it back when the answer is to be stored.
  /// StoredTokenAuthorizer does so. By default nothing is reserved.
  ///
  /// @returns null, too, where there is nothing to reserve. Where there is no room, storing tells.
  virtual ReservedSpace reserve_space() const;

  /// Closes what the storage holds open. Does nothing by default.
  virtual void close() const;

  /// The namespace that this object sees, `DEFAULT` unless another was given.
  const std::string& namespace_() const noexcept GLOBUS_SDK_LIFETIMEBOUND { return *name_; }

  /// Whom the tokens of an answer belong to, if that can be told.
  virtual std::optional<std::string> extract_identity_id(
      const OAuthTokenResponse& token_response) const;

 protected:
  /// @param namespace_ `DEFAULT` when unset.
  explicit TokenStorage(const Field<std::string>& namespace_ = {});
  TokenStorage(const TokenStorage&);
  TokenStorage(TokenStorage&&) noexcept;
  TokenStorage& operator=(const TokenStorage&);
  TokenStorage& operator=(TokenStorage&&) noexcept;

 private:
  std::shared_ptr<const std::string> name_;
};

/// How a storage is taken: any of them, by value, or in a `std::shared_ptr`.
using AnyTokenStorage = AnyOf<TokenStorage>;

}  // namespace globus_sdk::inline v0
