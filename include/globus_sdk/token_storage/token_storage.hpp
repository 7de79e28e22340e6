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
/// A storage is divided into namespaces. An object sees one namespace, in which there is one token
/// for each resource server. An object is a handle: a copy shares its state, and every method may
/// be called from many threads at once.
///
/// Derive from this class to write your own storage: you have to write only three functions.
class GLOBUS_SDK_EXPORT TokenStorage {
 public:
  virtual ~TokenStorage();

  /// Stores each of these tokens, in place of the one for the same resource server. Tokens for
  /// other resource servers stay. An empty map changes nothing, but a storage that can fail should
  /// then test whether it could store, and throw if not: StoredTokenAuthorizer makes this test
  /// before it redeems a refresh token.
  virtual void store_token_data_by_resource_server(
      const TokenStorageDataByResourceServer& token_data_by_resource_server) const = 0;

  /// All tokens in this namespace.
  virtual TokenStorageDataByResourceServer get_token_data_by_resource_server() const = 0;

  /// Removes what is stored for a resource server.
  ///
  /// @return whether there was a token.
  virtual bool remove_token_data(Text resource_server) const = 0;

  /// The token that is stored for a resource server, if there is one.
  virtual std::optional<TokenStorageData> get_token_data(Text resource_server) const;

  /// Stores every token of an answer of Globus Auth. The identity that they belong to is read from
  /// the id token of the answer, if there is one; the id token is not verified here. The answer to
  /// a refresh may name no refresh token or no identity: the stored ones stay then.
  ///
  /// @throws ValidationError when the answer has an id token that cannot be read.
  virtual void store_token_response(const OAuthTokenResponse& token_response) const;

  /// A lock on the renewal of tokens, held as long as this object lives.
  using RenewalLock = std::shared_ptr<const void>;

  /// Locks the renewal of a resource server's tokens, against every other user of the same storage,
  /// in this process or in another. The holder of the lock reads the stored token, renews it unless
  /// somebody else has done so, stores the new token, and then releases the lock:
  /// StoredTokenAuthorizer does so. The default is no lock, which is right for a storage that only
  /// one authorizer uses.
  ///
  /// @param timeout how long to wait for it.
  /// @throws TokenStorageError when another user of the storage holds the lock for longer than
  ///   that.
  virtual RenewalLock lock_renewal(Text resource_server, std::chrono::milliseconds timeout) const;

  /// Reserved room for the next store, kept as long as this object lives.
  using ReservedSpace = std::shared_ptr<const void>;

  /// Reserves room for one store, so that nobody else can fill the disk in the meantime. Reserve
  /// the room before you redeem a refresh token, and release it when you are about to store the
  /// answer: StoredTokenAuthorizer does so. The default reserves nothing.
  ///
  /// @returns the room; null when there is nothing to reserve. When there is no room, this does not
  ///   fail: storing will.
  virtual ReservedSpace reserve_space() const;

  /// Closes what the storage holds open: files, for example. The default does nothing.
  virtual void close() const;

  /// The namespace that this object sees, `DEFAULT` unless another was given.
  const std::string& namespace_() const noexcept GLOBUS_SDK_LIFETIMEBOUND { return *name_; }

  /// The identity that the tokens of an answer belong to, if it is known.
  virtual std::optional<std::string> extract_identity_id(
      const OAuthTokenResponse& token_response) const;

 protected:
  /// @param namespace_ the namespace; `DEFAULT` when unset.
  explicit TokenStorage(const Field<std::string>& namespace_ = {});
  TokenStorage(const TokenStorage&);
  TokenStorage(TokenStorage&&) noexcept;
  TokenStorage& operator=(const TokenStorage&);
  TokenStorage& operator=(TokenStorage&&) noexcept;

 private:
  std::shared_ptr<const std::string> name_;
};

/// A storage as a parameter: an object of any storage class, by value or in a `std::shared_ptr`.
using AnyTokenStorage = AnyOf<TokenStorage>;

}  // namespace globus_sdk::inline v0
