// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "sandbox/server/http.hpp"
#include "sandbox/server/service.hpp"
#include "sandbox/transfer/collections/collection.hpp"

namespace globus_sandbox {

namespace transfer {
class CollectionRegistry;
}

/// The sandbox's Transfer service: collections, synchronous operations, and tasks that really run,
/// in threads of its own.
class TransferService : public Service {
 public:
  /// Makes its tables where they are missing, and goes on with the tasks that it finds unfinished.
  explicit TransferService(const Surroundings& surroundings);
  /// Stops the task threads at once; unfinished tasks stay in the state for the next start.
  ~TransferService() override;

  std::string_view name() const override { return "transfer"; }
  ServiceScopes scopes() const override;
  /// Besides, what its collections have: `data_access` and `https`.
  bool has_scope(std::string_view scope) const override;
  HttpResponse write_error(const ServiceError& error, const std::string& resource) const override;
  /// Registers the collections that the sandbox starts with: those of its options, or SOURCE and
  /// DESTINATION; after a reset, those that it had begun with.
  void begin() override;
  /// Forgets tasks (stopping them) and collections.
  void reset() override;
  boost::json::object state() const override;
  boost::json::object description() const override;
  std::map<std::string, std::string> variables() const override;
  std::vector<Route<>> control_routes() override;

  /// Registers a folder, which must exist; its owner is that identity. A name that is there already
  /// keeps its id and gets the new folder.
  /// @param id of a new one; chosen when it is empty
  Collection add_collection(const std::string& name, const std::filesystem::path& folder,
                            const std::string& owner_identity_id, const std::string& id = {});
  std::vector<Collection> collections() const;

  // Those below throw std::out_of_range for an unknown id.

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
  /// Slows every task down to about this many bytes a second, and every file that is read over
  /// HTTPS; 0 is as fast as it goes.
  void set_bandwidth_limit(std::int64_t bytes_per_second);
  std::int64_t bandwidth_limit() const;
  /// The collections, for the services that serve them otherwise.
  const transfer::CollectionRegistry& registry() const;

  /// Every task's document, as a JSON array.
  boost::json::value tasks() const;

 protected:
  HttpResponse answer(HttpRequest request) override;

 private:
  struct Implementation;
  std::unique_ptr<Implementation> implementation_;
};

}  // namespace globus_sandbox
