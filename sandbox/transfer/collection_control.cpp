// SPDX-License-Identifier: Apache-2.0
#include "sandbox/transfer/collection_control.hpp"

#include <boost/json.hpp>
#include <stdexcept>
#include <system_error>

#include "sandbox/control/control_input.hpp"

namespace globus_sandbox::transfer {

namespace json = boost::json;

namespace {

class CollectionControl {
 public:
  CollectionControl(TransferService& service, CollectionRegistry& collections,
                    const Directory& directory)
      : service_(service), collections_(collections), directory_(directory) {}

  HttpResponse add(const HttpRequest& request) const {
    ControlInput input(request);
    const std::string name = input.text("name");
    const std::filesystem::path folder = input.text("path");
    const json::object access = read_access(input);
    input.finish();
    std::error_code ignored;
    if (!folder.is_absolute() || !std::filesystem::is_directory(folder, ignored))
      throw std::invalid_argument("'path' must be the absolute path of a folder that exists");
    // looked through before anything is made
    CollectionAccess().update(access);
    const Collection added = service_.add_collection(name, folder, directory_.first_user());
    service_.update_access(added.id, access);
    return shown(added.id);
  }

  HttpResponse change(const HttpRequest& request) const {
    ControlInput input(request);
    const std::string id = read_collection(input);
    const json::object access = read_access(input);
    input.finish();
    service_.update_access(id, access);
    return shown(id);
  }

  HttpResponse set_credentials(const HttpRequest& request) const {
    return set_flag(request, "expired", &TransferService::set_credentials_expired);
  }

  HttpResponse set_data_access(const HttpRequest& request) const {
    return set_flag(request, "required", &TransferService::set_requires_data_access);
  }

  HttpResponse set_bandwidth(const HttpRequest& request) const {
    ControlInput input(request);
    const std::int64_t bytes = input.integer("bytes_per_second");
    input.finish();
    if (bytes < 0) throw std::invalid_argument("'bytes_per_second' must not be negative");
    service_.set_bandwidth_limit(bytes);
    return json_response(200, json::object{{"bytes_per_second", bytes}});
  }

 private:
  /// The id of a collection that exists.
  std::string read_collection(ControlInput& input) const {
    const auto state = collections_.find(input.text("collection"));
    if (!state) throw std::invalid_argument("'collection' is not the id of a collection");
    return state->collection.id;
  }

  /// Sets what the body says of one flag of a collection.
  HttpResponse set_flag(const HttpRequest& request, const char* name,
                        void (TransferService::*set)(const std::string& id, bool)) const {
    ControlInput input(request);
    const std::string id = read_collection(input);
    const bool value = input.flag(name);
    input.finish();
    (service_.*set)(id, value);
    return json_response(200, json::object{{"collection", id}, {name, value}});
  }

  /// What the body has of how a collection may be used.
  json::object read_access(ControlInput& input) const {
    json::object access =
        input.take([](std::string_view name) { return CollectionAccess::has_field(name); });
    directory_.check_authorization_parameters(access);
    return access;
  }

  HttpResponse shown(const std::string& id) const {
    const auto state = collections_.find(id);
    if (!state) throw std::invalid_argument("the collection is gone");
    return json_response(200, control_document(*state));
  }

  TransferService& service_;
  CollectionRegistry& collections_;
  const Directory& directory_;
};

}  // namespace

json::object control_document(const CollectionState& state) {
  json::object document = state.access.to_document();
  document["id"] = state.collection.id;
  document["name"] = state.collection.name;
  document["path"] = state.collection.folder.string();
  return document;
}

std::vector<Route<>> collection_control_routes(TransferService& service,
                                               CollectionRegistry& collections,
                                               const Directory& directory) {
  const CollectionControl control(service, collections, directory);
  using Endpoint = HttpResponse (CollectionControl::*)(const HttpRequest&) const;
  const auto by = [control](Endpoint endpoint) {
    return [control, endpoint](const HttpRequest& request) { return (control.*endpoint)(request); };
  };
  return {
      {"POST", "/collections", by(&CollectionControl::add)},
      {"PATCH", "/collections", by(&CollectionControl::change)},
      {"POST", "/credentials", by(&CollectionControl::set_credentials)},
      {"POST", "/data_access", by(&CollectionControl::set_data_access)},
      {"POST", "/bandwidth", by(&CollectionControl::set_bandwidth)},
  };
}

}  // namespace globus_sandbox::transfer
