// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "sandbox/base/database.hpp"
#include "sandbox/server/directory.hpp"
#include "sandbox/server/http.hpp"
#include "sandbox/transfer/collections/collection.hpp"
#include "sandbox/transfer/collections/collection_access.hpp"
#include "sandbox/transfer/files/confined_folder.hpp"

namespace globus_sandbox::transfer {

/// A collection with what the service knows of it. A value: what it says holds for the moment when
/// it was read.
struct CollectionState {
  Collection collection;
  std::string owner_id;
  CollectionAccess access;
  bool credentials_expired = false;
  std::shared_ptr<const ConfinedFolder> folder;  ///< null while the folder is not there
};

/// The collections, kept in the database. Safe to use from many threads.
class CollectionRegistry {
 public:
  /// @param url of the sandbox, without a slash at its end
  CollectionRegistry(Database& database, const Directory& directory, std::string url);

  /// A new collection, with that id or one that is chosen; or another folder and owner for the one
  /// of that name.
  Collection add(const std::string& name, const std::filesystem::path& folder,
                 const std::string& owner_id, const std::string& id);
  std::optional<CollectionState> find(const std::string& id) const;
  /// By name.
  std::vector<CollectionState> all() const;
  void set_credentials_expired(const std::string& id, bool expired);
  /// Changes what kind the collection is of, and what it asks for.
  void update_access(const std::string& id, const boost::json::object& changes);
  void clear();

  /// Where a collection's files are over HTTPS.
  std::string https_server(const Collection& collection) const;

  /// The user name of an identity, or its id where it is not known.
  std::string user_name(const std::string& identity_id) const;

  /// Throws ConsentRequired (403) with the scopes to ask for, when the caller lacks one of these
  /// collections', or an error with this code and the authorization parameters to ask for, when the
  /// caller's session does not do for one.
  void require_access(const std::vector<CollectionState>& collections, const Caller& caller,
                      const std::string& code) const;

 private:
  void save(const CollectionState& state);

  Database& database_;
  const Directory& directory_;
  const std::string url_;
  mutable std::mutex mutex_;
  mutable std::map<std::string, CollectionState> by_id_;  ///< folders are opened when needed
};

/// The scope that a caller of a collection with data access needs.
std::string data_access_scope(const std::string& collection_id);
/// The scope for a collection's files over HTTPS.
std::string https_scope(const std::string& collection_id);
/// What a scope's text says when it is one of a collection, or of a client.
struct ScopeOfCollection {
  std::string collection;
  std::string name;  ///< such as `data_access`
};
/// Nothing for a scope of another form.
std::optional<ScopeOfCollection> scope_of_collection(std::string_view scope);

}  // namespace globus_sandbox::transfer
