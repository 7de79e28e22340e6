// SPDX-License-Identifier: Apache-2.0
#include "sandbox/transfer/collections/collection_registry.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <stdexcept>
#include <system_error>
#include <utility>

#include "sandbox/base/database.hpp"
#include "sandbox/base/random.hpp"
#include "sandbox/transfer/requests/errors.hpp"

namespace globus_sandbox::transfer {

namespace {

constexpr std::string_view scopes_of_collections = "https://auth.globus.org/scopes/";

constexpr auto schema = R"sql(
CREATE TABLE IF NOT EXISTS transfer_collections (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  folder TEXT NOT NULL,
  owner_id TEXT NOT NULL,
  requires_data_access INTEGER NOT NULL,
  credentials_expired INTEGER NOT NULL
);
)sql";

std::shared_ptr<const ConfinedFolder> open_folder(const std::filesystem::path& folder) {
  try {
    return std::make_shared<const ConfinedFolder>(folder);
  } catch (const std::system_error&) {
    return nullptr;
  }
}

void require_data_access(const std::vector<CollectionState>& collections, const Caller& caller) {
  boost::json::array missing;
  for (const auto& state : collections) {
    const auto scope = data_access_scope(state.collection.id);
    const bool has_scope =
        std::find(caller.scopes.begin(), caller.scopes.end(), scope) != caller.scopes.end();
    const boost::json::value needed("urn:globus:auth:scope:transfer.api.globus.org:all[*" + scope +
                                    "]");
    if (state.access.takes_data_access() && !has_scope &&
        std::find(missing.begin(), missing.end(), needed) == missing.end())
      missing.push_back(needed);
  }
  if (missing.empty()) return;
  throw ServiceError(403, "ConsentRequired", "Missing required data_access consent",
                     {{"required_scopes", std::move(missing)}});
}

}  // namespace

CollectionRegistry::CollectionRegistry(Database& database, const Directory& directory,
                                       std::string url)
    : database_(database), directory_(directory), url_(std::move(url)) {
  database_.script(schema);
  database_.ensure_column("transfer_collections", "access TEXT NOT NULL DEFAULT '{}'");
  for (const auto& row : database_.run("SELECT id, name, folder, owner_id, credentials_expired,"
                                       " access FROM transfer_collections")) {
    CollectionState state{{row.text(0), row.text(1), row.text(2)},
                          row.text(3),
                          {},
                          row.integer(4) != 0,
                          open_folder(row.text(2))};
    state.access.update(boost::json::parse(row.text(5)).as_object());
    by_id_.emplace(state.collection.id, std::move(state));
  }
}

void CollectionRegistry::save(const CollectionState& state) {
  database_.run(
      "INSERT OR REPLACE INTO transfer_collections (id, name, folder, owner_id,"
      " requires_data_access, credentials_expired, access) VALUES (?, ?, ?, ?, ?, ?, ?)",
      {state.collection.id, state.collection.name, state.collection.folder.native(), state.owner_id,
       std::int64_t{state.access.takes_data_access()}, std::int64_t{state.credentials_expired},
       boost::json::serialize(state.access.to_document())});
}

Collection CollectionRegistry::add(const std::string& name, const std::filesystem::path& folder,
                                   const std::string& owner_id, const std::string& id) {
  if (name.empty()) throw std::invalid_argument("a collection needs a name");
  std::error_code error;
  const auto absolute = std::filesystem::canonical(folder, error);
  if (error)
    throw std::invalid_argument("collection " + name + ": no such folder: " + folder.string());
  auto opened = open_folder(absolute);
  if (!opened)
    throw std::invalid_argument("collection " + name + ": not a folder: " + folder.string());

  const std::lock_guard lock(mutex_);
  const auto known = std::find_if(by_id_.begin(), by_id_.end(), [&](const auto& entry) {
    return entry.second.collection.name == name;
  });
  auto state = known != by_id_.end() ? known->second : CollectionState{};
  if (known == by_id_.end()) state.collection.id = id.empty() ? random_uuid() : id;
  state.collection.name = name;
  state.collection.folder = absolute;
  state.owner_id = owner_id;
  state.folder = std::move(opened);
  save(state);
  by_id_[state.collection.id] = state;
  return state.collection;
}

std::optional<CollectionState> CollectionRegistry::find(const std::string& id) const {
  const std::lock_guard lock(mutex_);
  const auto entry = by_id_.find(lower_case(id));
  if (entry == by_id_.end()) return std::nullopt;
  auto& state = entry->second;
  const auto& folder = state.collection.folder;
  if (!state.folder || !state.folder->is_at(folder)) state.folder = open_folder(folder);
  return state;
}

std::vector<CollectionState> CollectionRegistry::all() const {
  std::vector<CollectionState> result;
  {
    const std::lock_guard lock(mutex_);
    for (const auto& [id, state] : by_id_) result.push_back(state);
  }
  std::sort(result.begin(), result.end(),
            [](const auto& a, const auto& b) { return a.collection.name < b.collection.name; });
  return result;
}

void CollectionRegistry::set_credentials_expired(const std::string& id, bool expired) {
  const std::lock_guard lock(mutex_);
  auto& state = by_id_.at(lower_case(id));
  state.credentials_expired = expired;
  save(state);
}

void CollectionRegistry::update_access(const std::string& id, const boost::json::object& changes) {
  const std::lock_guard lock(mutex_);
  CollectionState state = by_id_.at(lower_case(id));
  state.access.update(changes);
  save(state);
  by_id_[state.collection.id] = std::move(state);
}

void CollectionRegistry::clear() {
  const std::lock_guard lock(mutex_);
  database_.run("DELETE FROM transfer_collections");
  by_id_.clear();
}

std::string CollectionRegistry::https_server(const Collection& collection) const {
  return url_ + "/https/" + collection.id;
}

std::string CollectionRegistry::user_name(const std::string& identity_id) const {
  const auto name = directory_.user_name(identity_id);
  return name.empty() ? identity_id : name;
}

void CollectionRegistry::require_access(const std::vector<CollectionState>& collections,
                                        const Caller& caller, const std::string& code) const {
  require_data_access(collections, caller);
  for (const auto& state : collections) require_session(state.access, caller, directory_, code);
}

std::string data_access_scope(const std::string& collection_id) {
  return std::string(scopes_of_collections) + collection_id + "/data_access";
}

std::string https_scope(const std::string& collection_id) {
  return std::string(scopes_of_collections) + collection_id + "/https";
}

std::optional<ScopeOfCollection> scope_of_collection(std::string_view scope) {
  if (!scope.starts_with(scopes_of_collections)) return std::nullopt;
  scope.remove_prefix(scopes_of_collections.size());
  const auto slash = scope.find('/');
  if (slash == std::string_view::npos) return std::nullopt;
  return ScopeOfCollection{std::string(scope.substr(0, slash)),
                           std::string(scope.substr(slash + 1))};
}

}  // namespace globus_sandbox::transfer
