// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "globus_sdk/core/any_of.hpp"
#include "globus_sdk/core/export.hpp"
#include "globus_sdk/core/field.hpp"
#include "globus_sdk/core/text.hpp"
#include "globus_sdk/token_storage/token_storage.hpp"

namespace globus_sdk::inline v0 {

/// When a stored access token expires.
struct TokenExpiry {
  std::string namespace_{};             ///< whose token it is
  std::string resource_server{};        ///< the service that it is for
  std::int64_t expires_at_seconds = 0;  ///< in seconds since the epoch

  friend bool operator==(const TokenExpiry& a, const TokenExpiry& b) = default;
};

/// Which namespaces MultiUserTokenStorage::iter_namespaces returns.
struct NamespacePage {
  /// Only those that come after this one, in the order of their bytes.
  Field<std::string> after{};
  /// How many at most; all when unset.
  Field<std::int64_t> limit{};
};

/// Which tokens MultiUserTokenStorage::tokens_by_expiry returns.
struct ExpiryPage {
  /// Only those that expire before this time, in seconds since the epoch; all when unset.
  Field<std::int64_t> before{};
  /// Only those that come after this one: the last one of the page before.
  std::optional<TokenExpiry> after{};
  /// How many at most; all when unset.
  Field<std::int64_t> limit{};
};

/// A storage that keeps the tokens of many users, with a namespace for each. The methods of
/// TokenStorage see this object's namespace; those that are declared here see all of them.
///
/// A program that serves many users opens one such storage, and asks it for each user's part with
/// in_namespace.
class GLOBUS_SDK_EXPORT MultiUserTokenStorage : public TokenStorage {
 public:
  ~MultiUserTokenStorage() override;

  /// The same storage as another user sees it. It shares what this object holds open.
  ///
  /// @throws GlobusSDKUsageError when the namespace is empty.
  virtual std::shared_ptr<const MultiUserTokenStorage> in_namespace(Text namespace_) const = 0;

  /// The namespaces that have tokens, in the order of their bytes.
  ///
  /// @throws GlobusSDKUsageError for a negative limit.
  virtual std::vector<std::string> iter_namespaces(const NamespacePage& page = {}) const = 0;

  /// Deletes a user: removes every token of a namespace, in one step.
  ///
  /// @return how many tokens there were.
  virtual std::size_t remove_namespace(Text namespace_) const = 0;

  /// What expires when, of all users: the first to expire comes first; those that expire in the
  /// same second are in the order of their namespaces and resource servers.
  ///
  /// @throws GlobusSDKUsageError for a negative limit.
  virtual std::vector<TokenExpiry> tokens_by_expiry(const ExpiryPage& page = {}) const = 0;

 protected:
  using TokenStorage::TokenStorage;
  MultiUserTokenStorage(const MultiUserTokenStorage&);
  MultiUserTokenStorage(MultiUserTokenStorage&&) noexcept;
  MultiUserTokenStorage& operator=(const MultiUserTokenStorage&);
  MultiUserTokenStorage& operator=(MultiUserTokenStorage&&) noexcept;
};

/// A storage of many users as a parameter: an object of any such class, by value or in a
/// `std::shared_ptr`.
using AnyMultiUserTokenStorage = AnyOf<MultiUserTokenStorage>;

}  // namespace globus_sdk::inline v0
