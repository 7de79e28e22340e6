// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "globus_sdk/core/json_view.hpp"

namespace globus_sdk::inline v0 {

/// A cache of identities that were looked up, by id and by username. Several IdentityMaps can share
/// it. It keeps the identities that were used last. Any number of threads may use one cache.
class IdentityCache {
 public:
  /// @param limit how many identities are kept.
  /// @throws GlobusSDKUsageError unless `limit` is 1 or more.
  explicit IdentityCache(std::int64_t limit = 10'000);
  ~IdentityCache();
  IdentityCache(const IdentityCache&) = delete;
  IdentityCache& operator=(const IdentityCache&) = delete;

  /// The identity of that id or username, if it is kept.
  std::optional<JsonView> find(const std::string& key);
  /// Keeps an identity: a document with `id` and `username`. It replaces identities with the same
  /// id or username.
  ///
  /// @return the identity as it is kept: a copy that does not keep the answer that it came in.
  JsonView store(const JsonView& identity);
  /// Forgets the identity of that id or username; false when it is not kept.
  bool erase(const std::string& key);
  /// How many identities are kept.
  std::size_t size() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace globus_sdk::inline v0
