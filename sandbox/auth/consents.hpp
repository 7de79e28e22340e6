// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "sandbox/auth/scopes.hpp"
#include "sandbox/base/clock.hpp"

namespace globus_sandbox {
class Database;
}

namespace globus_sandbox::auth {

/// What an identity allowed a client: a scope, or a scope that another one depends on.
struct Consent {
  std::int64_t id = 0;
  std::string identity;
  std::string client;
  std::vector<std::string> path;  ///< from the scope that was asked for down to this one
  bool allows_refresh = false;
  bool optional = false;
  Instant created{};
  Instant updated{};
};

/// The consents that the sandbox remembers. A path is written as its scopes with a space between.
class Consents {
 public:
  explicit Consents(Database& database);

  /// Remembers that the identity allows all of this, and what these scopes depend on by definition.
  void record(const std::string& identity, const std::string& client,
              const std::vector<RequestedScope>& scopes, bool allows_refresh);
  /// Whether all of this was allowed before, at the top or as what the path `above` depends on.
  bool cover(const std::string& identity, const std::string& client,
             const std::vector<RequestedScope>& scopes, bool needs_refresh,
             const std::string& above = {}) const;
  /// The paths that continue this one, by any number of scopes.
  std::vector<std::string> paths_below(const std::string& identity, const std::string& client,
                                       const std::string& path) const;
  std::vector<Consent> of_identity(const std::string& identity) const;
  void remove_client(const std::string& client);

  /// Makes a scope depend on another by definition: who allows the one allows the other.
  void define_dependency(const std::string& scope, const std::string& dependency);
  /// Takes back what was defined so of a scope; what was allowed stays allowed.
  void forget_dependencies(const std::string& scope);

 private:
  void record_one(const std::string& identity, const std::string& client, const std::string& above,
                  const RequestedScope& scope, bool allows_refresh);
  bool covers_one(const std::string& identity, const std::string& client, const std::string& above,
                  const RequestedScope& scope, bool needs_refresh) const;
  Database& database_;
};

/// The last scope of a path.
std::string last_scope(const std::string& path);

}  // namespace globus_sandbox::auth
