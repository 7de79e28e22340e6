// SPDX-License-Identifier: Apache-2.0
#include "sandbox/transfer/transfer_service.hpp"

#include <boost/json/array.hpp>
#include <string_view>
#include <utility>

#include "sandbox/base/random.hpp"
#include "sandbox/server/directory.hpp"
#include "sandbox/transfer/collection_control.hpp"
#include "sandbox/transfer/collections/collection_registry.hpp"
#include "sandbox/transfer/endpoint_document.hpp"
#include "sandbox/transfer/file_operations.hpp"
#include "sandbox/transfer/first_collections.hpp"
#include "sandbox/transfer/requests/errors.hpp"
#include "sandbox/transfer/requests/list_options.hpp"
#include "sandbox/transfer/requests/result_fields.hpp"
#include "sandbox/transfer/tasks/task_engine.hpp"
#include "sandbox/transfer/tasks/task_resources.hpp"
#include "sandbox/transfer/tasks/task_store.hpp"

namespace globus_sandbox {

using namespace transfer;
using boost::json::object;

namespace {

constexpr const char* resource_server = "transfer.api.globus.org";
constexpr const char* all_scope = "urn:globus:auth:scope:transfer.api.globus.org:all";

/// An answer with a document, or with the fields of it that are asked for. Results of what was done
/// say where it was done.
HttpResponse shown(const HttpRequest& request, object document) {
  keep_fields(document, query_values(request, "fields"));
  if (document.contains("code")) {
    document["request_id"] = random_request_id();
    document["resource"] = request.path;
  }
  return json_response(200, document);
}

}  // namespace

struct TransferService::Implementation {
  explicit Implementation(const Surroundings& its_surroundings)
      : surroundings(its_surroundings),
        directory(*surroundings.directory),
        collections(surroundings.database, directory, surroundings.url),
        store(surroundings.database),
        engine(store, collections),
        tasks(store, engine, collections) {}

  using Table = RouteTable<const Caller&>;
  using Endpoint = object (Implementation::*)(const HttpRequest&, const Caller&);
  using TaskEndpoint = object (TaskResources::*)(const HttpRequest&, const Caller&);
  using Operation = object (*)(const CollectionState&, const HttpRequest&);

  Table make_routes();
  object get_endpoint(const HttpRequest& request, const Caller& caller);
  object search(const HttpRequest& request, const Caller& caller);
  CollectionState collection(const std::string& id) const;
  UsedCollections used_by(const Caller& caller) const;

  const Surroundings surroundings;
  const Directory& directory;
  CollectionRegistry collections;
  TaskStore store;
  TaskEngine engine;
  TaskResources tasks;
  std::vector<std::pair<Collection, object>> beginning;  ///< with what each asks for
  const Table routes = make_routes();
};

RouteTable<const Caller&> TransferService::Implementation::make_routes() {
  const auto own = [this](Endpoint endpoint) {
    return [this, endpoint](const Caller& caller, const HttpRequest& request) {
      return shown(request, (this->*endpoint)(request, caller));
    };
  };
  const auto task = [this](TaskEndpoint endpoint) {
    return [this, endpoint](const Caller& caller, const HttpRequest& request) {
      return shown(request, (tasks.*endpoint)(request, caller));
    };
  };
  // `login_failed`: the code where the caller's session does not do
  const auto operation = [this](Operation run, const char* login_failed) {
    return [this, run, login_failed](const Caller& caller, const HttpRequest& request) {
      const auto state = collection(request.ids.at(0));
      collections.require_access({state}, caller, login_failed);
      return shown(request, run(state, request));
    };
  };
  return Table({
      {"GET", "/v0.10/submission_id", task(&TaskResources::new_submission_id)},
      {"POST", "/v0.10/transfer", task(&TaskResources::submit_transfer)},
      {"POST", "/v0.10/delete", task(&TaskResources::submit_delete)},
      {"GET",
       "/v0.10/task_list",
       task(&TaskResources::list),
       {{"filter", "orderby", "limit", "offset", "fields"}}},
      {"GET", "/v0.10/task/{id}", task(&TaskResources::get), {{"fields"}}},
      {"PUT", "/v0.10/task/{id}", task(&TaskResources::update)},
      {"POST", "/v0.10/task/{id}/cancel", task(&TaskResources::cancel)},
      {"GET",
       "/v0.10/task/{id}/event_list",
       task(&TaskResources::event_list),
       {{"filter", "limit", "offset", "fields"}}},
      {"GET",
       "/v0.10/task/{id}/successful_transfers",
       task(&TaskResources::successful_transfers),
       {{"marker", "fields"}}},
      {"GET",
       "/v0.10/task/{id}/skipped_errors",
       task(&TaskResources::skipped_errors),
       {{"marker", "fields"}}},
      {"GET", "/v0.10/task/{id}/pause_info", task(&TaskResources::pause_info)},
      {"GET", "/v0.10/endpoint/{id}", own(&Implementation::get_endpoint), {{"fields"}}},
      {"GET",
       "/v0.10/endpoint_search",
       own(&Implementation::search),
       {{"filter_fulltext", "filter_scope", "filter_owner_id", "filter_host_endpoint",
         "filter_entity_type", "filter_non_functional", "limit", "offset", "fields"}}},
      {"GET",
       "/v0.10/operation/endpoint/{id}/ls",
       operation(&list_directory, "ExternalError.DirListingFailed.LoginFailed"),
       {{"path", "show_hidden", "filter", "orderby", "limit", "offset", "local_user"}}},
      {"GET",
       "/v0.10/operation/endpoint/{id}/stat",
       operation(&stat_path, "ExternalError.StatFailed.LoginFailed"),
       {{"path", "local_user"}}},
      {"POST", "/v0.10/operation/endpoint/{id}/mkdir",
       operation(&make_directory, "ExternalError.MkdirFailed.LoginFailed")},
      {"POST", "/v0.10/operation/endpoint/{id}/rename",
       operation(&rename_path, "ExternalError.RenameFailed.LoginFailed")},
  });
}

object TransferService::Implementation::get_endpoint(const HttpRequest& request,
                                                     const Caller& caller) {
  const auto state = collection(request.ids.at(0));
  return endpoint_document(state, collections, caller,
                           used_by(caller).now.contains(state.collection.id));
}

object TransferService::Implementation::search(const HttpRequest& request, const Caller& caller) {
  return search_endpoints(request, collections, caller, used_by(caller));
}

CollectionState TransferService::Implementation::collection(const std::string& id) const {
  auto state = collections.find(id);
  if (!state) throw ServiceError(404, "EndpointNotFound", "No such endpoint '" + id + "'");
  return *state;
}

UsedCollections TransferService::Implementation::used_by(const Caller& caller) const {
  UsedCollections used;
  for (const auto& task : engine.all()) {
    if (task.record.owner_id != caller.identity_id) continue;
    for (const auto& id : {task.record.source_id, task.record.destination_id}) {
      used.ever.insert(id);
      if (!task.record.is_over()) used.now.insert(id);
    }
  }
  return used;
}

TransferService::TransferService(const Surroundings& surroundings)
    : implementation_(std::make_unique<Implementation>(surroundings)) {}

TransferService::~TransferService() = default;

ServiceScopes TransferService::scopes() const {
  const std::string prefix = "urn:globus:auth:scope:transfer.api.globus.org:";
  return {resource_server,
          {all_scope, prefix + "gcp_install", prefix + "monitor_ongoing"},
          {all_scope}};
}

bool TransferService::has_scope(std::string_view scope) const {
  if (Service::has_scope(scope)) return true;
  const auto named = scope_of_collection(scope);
  const auto state = named ? implementation_->collections.find(named->collection) : std::nullopt;
  return state && state->access.has_scope(named->name);
}

HttpResponse TransferService::answer(HttpRequest request) {
  const Caller caller =
      require_caller(implementation_->directory, request, resource_server, all_scope);
  return implementation_->routes.answer(caller, std::move(request));
}

HttpResponse TransferService::write_error(const ServiceError& error,
                                          const std::string& resource) const {
  HttpResponse response = shared_error_form(error, resource);
  if (error.status() == 401)
    response.headers.emplace_back("WWW-Authenticate", "Bearer realm=\"urn:globus:transfer\"");
  return response;
}

void TransferService::begin() {
  const std::string owner = implementation_->directory.first_user();
  auto& beginning = implementation_->beginning;
  if (beginning.empty()) {
    const auto& surroundings = implementation_->surroundings;
    for (const auto& [name, folder] :
         first_collections(surroundings.options, surroundings.temporary, !collections().empty()))
      add_collection(name, folder, owner);
    for (const auto& state : implementation_->collections.all())
      beginning.emplace_back(state.collection, state.access.to_document());
    return;
  }
  for (const auto& [collection, access] : beginning) {
    add_collection(collection.name, collection.folder, owner, collection.id);
    update_access(collection.id, access);
  }
}

void TransferService::reset() {
  implementation_->engine.reset();
  implementation_->collections.clear();
}

object TransferService::state() const {
  boost::json::array collections;
  for (const auto& state : implementation_->collections.all())
    collections.emplace_back(control_document(state));
  return {{"collections", std::move(collections)}, {"tasks", tasks()}};
}

object TransferService::description() const {
  boost::json::array list;
  for (const auto& collection : collections())
    list.push_back(
        {{"id", collection.id}, {"name", collection.name}, {"path", collection.folder.string()}});
  return {{"collections", std::move(list)}};
}

std::map<std::string, std::string> TransferService::variables() const {
  std::map<std::string, std::string> result;
  for (const auto& collection : collections())
    result["COLLECTION_" + variable_part(collection.name)] = collection.id;
  return result;
}

std::vector<Route<>> TransferService::control_routes() {
  return collection_control_routes(*this, implementation_->collections, implementation_->directory);
}

Collection TransferService::add_collection(const std::string& name,
                                           const std::filesystem::path& folder,
                                           const std::string& owner_identity_id,
                                           const std::string& id) {
  return implementation_->collections.add(name, folder, owner_identity_id, id);
}

std::vector<Collection> TransferService::collections() const {
  std::vector<Collection> result;
  for (auto& state : implementation_->collections.all())
    result.push_back(std::move(state.collection));
  return result;
}

void TransferService::set_credentials_expired(const std::string& collection_id, bool expired) {
  implementation_->collections.set_credentials_expired(collection_id, expired);
  implementation_->engine.credentials_changed(lower_case(collection_id));
}

void TransferService::set_requires_data_access(const std::string& collection_id, bool required) {
  update_access(collection_id,
                {{"entity_type", required ? "GCSv5_mapped_collection" : "GCP_mapped_collection"},
                 {"high_assurance", false}});
}

void TransferService::update_access(const std::string& collection_id, const object& changes) {
  implementation_->collections.update_access(collection_id, changes);
}

std::int64_t TransferService::bandwidth_limit() const {
  return implementation_->engine.bandwidth_limit();
}

const CollectionRegistry& TransferService::registry() const {
  return implementation_->collections;
}

void TransferService::set_bandwidth_limit(std::int64_t bytes_per_second) {
  implementation_->engine.set_bandwidth_limit(bytes_per_second);
}

boost::json::value TransferService::tasks() const {
  boost::json::array documents;
  const auto now = current_time();
  for (const auto& task : implementation_->engine.all())
    documents.push_back(task_document(task.record, *task.submitted, now));
  return documents;
}

}  // namespace globus_sandbox
