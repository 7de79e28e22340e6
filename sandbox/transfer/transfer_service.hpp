// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "../http.hpp"
#include "collection_access.hpp"

namespace globus_sandbox {

class Database;

/// A collection: a folder of this machine that the sandbox serves.
struct Collection {
  std::string id;                ///< UUID
  std::string name;              ///< display name
  std::filesystem::path folder;  ///< absolute; nothing outside it is ever read or written
};

/// The sandbox's Transfer service: collections, synchronous operations, and tasks that really run,
/// in threads of its own.
class TransferService {
 public:
  /// Makes its tables where they are missing, and goes on with the tasks that it finds unfinished.
  explicit TransferService(Database& database);
  /// Stops the task threads at once; unfinished tasks stay in the state for the next start.
  ~TransferService();

  /// Answers a request below the Transfer prefix. `request.path` begins with `/v0.10/`.
  /// The caller has been authenticated, and holds Transfer's `all` scope.
  HttpResponse handle(const HttpRequest& request, const Caller& caller);

  /// Registers a folder, which must exist; its owner is that identity. A name that is there already
  /// keeps its id and gets the new folder.
  /// @param id of a new one; chosen when it is empty
  Collection add_collection(const std::string& name, const std::filesystem::path& folder,
                            const std::string& owner_identity_id, const std::string& id = {});
  std::vector<Collection> collections() const;

  /// How documents find the user name of a collection's owner who never made a request; without it
  /// they show the id. The function gives an empty text for an identity that it does not know, and
  /// is called from many threads.
  void set_user_name_lookup(std::function<std::string(const std::string& identity_id)> look_up);

  /// How to look into the session of a caller's token; is called from many threads.
  void set_session_check(transfer::SessionCheck check);

  /// For tests, as those below: throws std::out_of_range for an unknown id.
  /// Lets the credentials of a collection expire (tasks that use it become INACTIVE with a fault
  /// event) or be good again (they go on).
  void set_credentials_expired(const std::string& collection_id, bool expired);
  /// A collection that asks for a `data_access` consent, so that callers whose token lacks it get
  /// ConsentRequired: a mapped one of Globus Connect Server; else one of Globus Connect Personal.
  void set_requires_data_access(const std::string& collection_id, bool required);
  /// What kind a collection is of and what it asks of its callers, by the fields that
  /// `/_sandbox/collections` takes; what is not there stays as it is. Throws std::invalid_argument
  /// for a field that makes no sense.
  void update_access(const std::string& collection_id, const boost::json::object& changes);
  /// All of those fields; empty for an unknown collection.
  boost::json::object access(const std::string& collection_id) const;
  /// Whether there is such a collection, and it has no `data_access` scope.
  bool has_no_data_access(const std::string& collection_id) const;
  /// Slows every task down to about this many bytes a second; 0 is as fast as it goes.
  void set_bandwidth_limit(std::int64_t bytes_per_second);

  /// Every task, as a JSON array, for `/_sandbox/state`.
  boost::json::value tasks() const;
  /// Forgets tasks (stopping them) and collections.
  void reset();

 private:
  struct Implementation;
  std::unique_ptr<Implementation> implementation_;
};

}  // namespace globus_sandbox
