// SPDX-License-Identifier: Apache-2.0
#include "transfer_service.hpp"

#include <boost/json/array.hpp>
#include <exception>
#include <string_view>

#include "../random.hpp"
#include "collection_registry.hpp"
#include "endpoint_document.hpp"
#include "file_operations.hpp"
#include "identifiers.hpp"
#include "service_error.hpp"
#include "task_engine.hpp"
#include "task_resources.hpp"
#include "task_store.hpp"

namespace globus_sandbox {

using namespace transfer;
using boost::json::object;

namespace {

/// The parts of a path below the version of the API.
std::vector<std::string> parts_of(std::string_view path) {
  std::vector<std::string> parts;
  while (!path.empty()) {
    const auto slash = path.find('/');
    if (slash != 0) parts.emplace_back(path.substr(0, slash));
    if (slash == std::string_view::npos) break;
    path.remove_prefix(slash + 1);
  }
  return parts;
}

HttpResponse error_response(const ServiceError& error, const std::string& resource) {
  object document{{"code", error.code()},
                  {"message", error.message()},
                  {"request_id", random_request_id()},
                  {"resource", resource}};
  for (const auto& [name, value] : error.more()) document[name] = value;
  return json_response(error.status(), document);
}

/// Results of what was done say where it was done.
void add_request_fields(object& document, const std::string& resource) {
  if (!document.contains("code")) return;
  document["request_id"] = random_request_id();
  document["resource"] = resource;
}

}  // namespace

struct TransferService::Implementation {
  explicit Implementation(Database& database)
      : collections(database),
        store(database),
        engine(store, collections),
        tasks(store, engine, collections) {}

  object answer(const HttpRequest& request, const Caller& caller);
  object answer_endpoint(const std::string& id, const Caller& caller);
  object answer_operation(const std::string& id, const std::string& name,
                          const HttpRequest& request, const Caller& caller);
  object answer_task(const std::string& id, const std::string& name, const HttpRequest& request,
                     const Caller& caller);
  CollectionState collection(const std::string& id) const;
  UsedCollections used_by(const Caller& caller) const;

  CollectionRegistry collections;
  TaskStore store;
  TaskEngine engine;
  TaskResources tasks;
};

object TransferService::Implementation::answer(const HttpRequest& request, const Caller& caller) {
  const auto parts = parts_of(request.path);
  const auto& method = request.method;
  const auto is = [&](std::string_view wanted, std::size_t size, std::string_view first) {
    return method == wanted && parts.size() == size && parts[1] == first;
  };
  if (parts.size() >= 2 && parts[0] == "v0.10") {
    if (is("GET", 2, "submission_id")) return tasks.new_submission_id(caller);
    if (is("POST", 2, "transfer")) return tasks.submit_transfer(request, caller);
    if (is("POST", 2, "delete")) return tasks.submit_delete(request, caller);
    if (is("GET", 2, "task_list")) return tasks.list(request, caller);
    if (is("GET", 2, "endpoint_search"))
      return search_endpoints(request, collections, caller, used_by(caller));
    if (is("GET", 3, "endpoint")) return answer_endpoint(parts[2], caller);
    if (is("PUT", 3, "task")) return tasks.update(parts[2], request, caller);
    if (parts[1] == "task" && (parts.size() == 3 || parts.size() == 4))
      return answer_task(parts[2], parts.size() == 4 ? parts[3] : "", request, caller);
    if (parts.size() == 5 && parts[1] == "operation" && parts[2] == "endpoint")
      return answer_operation(parts[3], parts[4], request, caller);
  }
  throw not_implemented(method + " " + request.path);
}

object TransferService::Implementation::answer_endpoint(const std::string& id,
                                                        const Caller& caller) {
  const auto state = collection(id);
  return endpoint_document(state, collections, caller,
                           used_by(caller).now.contains(state.collection.id));
}

object TransferService::Implementation::answer_operation(const std::string& id,
                                                         const std::string& name,
                                                         const HttpRequest& request,
                                                         const Caller& caller) {
  const auto operation = request.method + " " + name;
  using Run = object (*)(const CollectionState&, const HttpRequest&);
  struct Operation {
    std::string_view name;
    Run run;
    const char* login_failed;  // the code where the caller's session does not do
  };
  static constexpr Operation operations[] = {
      {"GET ls", &list_directory, "ExternalError.DirListingFailed.LoginFailed"},
      {"GET stat", &stat_path, "ExternalError.StatFailed.LoginFailed"},
      {"POST mkdir", &make_directory, "ExternalError.MkdirFailed.LoginFailed"},
      {"POST rename", &rename_path, "ExternalError.RenameFailed.LoginFailed"}};
  for (const auto& each : operations) {
    if (each.name != operation) continue;
    const auto state = collection(id);
    collections.require_access({state}, caller, each.login_failed);
    return each.run(state, request);
  }
  throw not_implemented(request.method + " " + request.path);
}

object TransferService::Implementation::answer_task(const std::string& id, const std::string& name,
                                                    const HttpRequest& request,
                                                    const Caller& caller) {
  const auto operation = request.method + " " + name;
  if (operation == "GET ") return tasks.get(id, caller);
  if (operation == "POST cancel") return tasks.cancel(id, caller);
  if (operation == "GET event_list") return tasks.event_list(id, request, caller);
  if (operation == "GET successful_transfers")
    return tasks.successful_transfers(id, request, caller);
  if (operation == "GET skipped_errors") return tasks.skipped_errors(id, request, caller);
  if (operation == "GET pause_info") return tasks.pause_info(id, caller);
  throw not_implemented(request.method + " " + request.path);
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

TransferService::TransferService(Database& database)
    : implementation_(std::make_unique<Implementation>(database)) {}

TransferService::~TransferService() = default;

HttpResponse TransferService::handle(const HttpRequest& request, const Caller& caller) {
  try {
    implementation_->collections.note_user(caller);
    auto document = implementation_->answer(request, caller);
    add_request_fields(document, request.path);
    return json_response(200, document);
  } catch (const ServiceError& error) {
    return error_response(error, request.path);
  } catch (const std::exception& error) {
    return error_response(
        ServiceError(500, "InternalError", std::string("the sandbox failed: ") + error.what()),
        request.path);
  }
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

void TransferService::set_user_name_lookup(
    std::function<std::string(const std::string& identity_id)> look_up) {
  implementation_->collections.set_user_name_lookup(std::move(look_up));
}

void TransferService::set_credentials_expired(const std::string& collection_id, bool expired) {
  implementation_->collections.set_credentials_expired(collection_id, expired);
  implementation_->engine.credentials_changed(to_lower(collection_id));
}

void TransferService::set_requires_data_access(const std::string& collection_id, bool required) {
  update_access(collection_id,
                {{"entity_type", required ? "GCSv5_mapped_collection" : "GCP_mapped_collection"},
                 {"high_assurance", false}});
}

void TransferService::update_access(const std::string& collection_id, const object& changes) {
  implementation_->collections.update_access(collection_id, changes);
}

object TransferService::access(const std::string& collection_id) const {
  const auto state = implementation_->collections.find(collection_id);
  return state ? state->access.to_document() : object{};
}

bool TransferService::has_no_data_access(const std::string& collection_id) const {
  const auto state = implementation_->collections.find(collection_id);
  return state && !state->access.takes_data_access();
}

void TransferService::set_session_check(SessionCheck check) {
  implementation_->collections.set_session_check(std::move(check));
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

void TransferService::reset() {
  implementation_->engine.reset();
  implementation_->collections.clear();
}

}  // namespace globus_sandbox
