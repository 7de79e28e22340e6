// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <optional>

#include "globus_sdk/auth/auth_client.hpp"
#include "globus_sdk/auth/identity_cache.hpp"

namespace globus_sdk::inline v0 {

/// Options of an IdentityMap.
struct IdentityMapOptions {
  /// How many identities one request asks for at most; 100 when unset.
  Field<std::int64_t> id_batch_size{};
  /// A cache that is shared with other maps. Unset: the map has its own.
  std::shared_ptr<IdentityCache> cache{};
};

/// Identities by id or username, looked up in batches: a request for one identity also asks for up
/// to 99 others of those that were added. Mirrors `globus_sdk.IdentityMap`.
///
///     IdentityMap identities(auth_client, ids);
///     for (const auto& id : ids) std::cout << identities[id]["username"] << "\n";
///
/// A map is a handle: copies share the identities that they know. Any number of threads may use
/// one; threads that need the same identity wait for one request. The child of a `fork` needs a map
/// of its own.
class IdentityMap {
 public:
  /// @param auth_client looks the identities up.
  /// @param identity_ids ids (UUIDs) and usernames, mixed. Each is looked up when it is first asked
  ///   for, or earlier with another one of its batch.
  /// @throws GlobusSDKUsageError for an empty id or username, and for a batch size below 1.
  explicit IdentityMap(AuthClient auth_client, const Strings& identity_ids = {},
                       const IdentityMapOptions& options = {});

  /// Adds an id or a username to those that the next requests ask for; false when it is known or
  /// added already.
  bool add(Text identity_id) const;

  /// The identity of that id or username: a document with `id`, `username`, `name`, ... If it is
  /// not known yet, the service is asked. A username must be spelt as the service spells it.
  ///
  /// @throws JsonError when there is no such identity; what AuthClient::get_identities throws.
  TemporaryJsonView operator[](Text key) const;
  /// The same, but nothing when there is no such identity.
  std::optional<TemporaryJsonView> get(Text key) const;

  /// Forgets what is known of the identity of that id or username, so that it is looked up anew;
  /// false when nothing is known.
  bool erase(Text key) const;

 private:
  struct State;
  std::shared_ptr<State> state_;
};

}  // namespace globus_sdk::inline v0
