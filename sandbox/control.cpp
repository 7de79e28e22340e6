// SPDX-License-Identifier: Apache-2.0
#include "control.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <stdexcept>

#include "auth/access_check.hpp"
#include "auth/auth_service.hpp"
#include "control_input.hpp"
#include "fault_plan.hpp"
#include "request_log.hpp"
#include "requirement.hpp"
#include "transfer/transfer_service.hpp"

namespace globus_sandbox {

namespace json = boost::json;

namespace {

HttpResponse error(int status, const std::string& message) {
  return json_response(status, json::object{{"error", message}});
}

json::object to_document(Control::Parts& parts, const Collection& collection) {
  json::object document = parts.transfer.access(collection.id);
  document["id"] = collection.id;
  document["name"] = collection.name;
  document["path"] = collection.folder.string();
  return document;
}

/// As the API shows it, with what only the sandbox knows.
json::object user_document(const auth::Identity& user) {
  json::object document = auth::to_document(user);
  document["identity_set"] = user.identity_set;
  document["mfa"] = user.multi_factor;
  return document;
}

json::object to_document(const ReceivedRequest& request) {
  return {{"time", request.time},
          {"method", request.method},
          {"path", request.path},
          {"status", request.status}};
}

HttpResponse reset(Control::Parts& parts, const HttpRequest&) {
  parts.reset();
  return {200, {{"Content-Type", "application/json"}}, parts.description()};
}

HttpResponse state(Control::Parts& parts, const HttpRequest&) {
  auto& context = parts.auth.context();
  json::array users;
  for (const auto& user : context.identities.users()) users.emplace_back(user_document(user));
  json::array clients;
  for (const auto& client : context.clients.all()) clients.emplace_back(auth::to_document(client));
  json::array collections;
  for (const auto& collection : parts.transfer.collections())
    collections.emplace_back(to_document(parts, collection));
  return json_response(200, json::object{{"users", std::move(users)},
                                         {"clients", std::move(clients)},
                                         {"collections", std::move(collections)},
                                         {"tasks", parts.transfer.tasks()}});
}

HttpResponse expire(Control::Parts& parts, const HttpRequest& request) {
  ControlInput input(request);
  const std::string token = input.text("token");
  input.finish();
  if (!parts.auth.context().tokens.expire(token))
    throw std::invalid_argument("'token' is not one that the sandbox issued");
  return json_response(200, json::object{{"expired", true}});
}

HttpResponse revoke(Control::Parts& parts, const HttpRequest& request) {
  ControlInput input(request);
  const std::string token = input.text("token");
  input.finish();
  if (!parts.auth.context().tokens.find(token))
    throw std::invalid_argument("'token' is not one that the sandbox issued");
  parts.auth.context().tokens.revoke(token);
  return json_response(200, json::object{{"revoked", true}});
}

HttpResponse get_requests(Control::Parts& parts, const HttpRequest&) {
  json::array list;
  for (const auto& request : parts.log.all()) list.emplace_back(to_document(request));
  return json_response(200, json::object{{"requests", std::move(list)}});
}

HttpResponse delete_requests(Control::Parts& parts, const HttpRequest&) {
  parts.log.clear();
  return json_response(200, json::object{{"cleared", true}});
}

HttpResponse add_fault(Control::Parts& parts, const HttpRequest& request) {
  ControlInput input(request);
  Fault fault = read_fault(input);
  input.finish();
  if (!fault.require.empty()) check_requirement(parts.auth, json::parse(fault.require).as_object());
  parts.faults.add(std::move(fault));
  return json_response(200, json::object{{"added", true}});
}

HttpResponse clear_faults(Control::Parts& parts, const HttpRequest&) {
  parts.faults.clear();
  return json_response(200, json::object{{"cleared", true}});
}

/// The id of a collection that exists.
std::string read_collection(Control::Parts& parts, ControlInput& input) {
  const std::string id = input.text("collection");
  const auto all = parts.transfer.collections();
  if (std::none_of(all.begin(), all.end(), [&](const Collection& c) { return c.id == id; }))
    throw std::invalid_argument("'collection' is not the id of a collection");
  return id;
}

/// What the body has of how a collection may be used.
json::object read_access(Control::Parts& parts, ControlInput& input) {
  json::object access =
      input.take([](std::string_view name) { return transfer::CollectionAccess::has_field(name); });
  auth::check_authorization_parameters(parts.auth.context(), access);
  return access;
}

HttpResponse add_collection(Control::Parts& parts, const HttpRequest& request) {
  ControlInput input(request);
  const std::string name = input.text("name");
  const std::filesystem::path folder = input.text("path");
  const json::object access = read_access(parts, input);
  input.finish();
  std::error_code ignored;
  if (!folder.is_absolute() || !std::filesystem::is_directory(folder, ignored))
    throw std::invalid_argument("'path' must be the absolute path of a folder that exists");
  // looked through before anything is made
  transfer::CollectionAccess().update(access);
  const Collection added = parts.transfer.add_collection(name, folder, parts.owner());
  parts.transfer.update_access(added.id, access);
  return json_response(200, to_document(parts, added));
}

HttpResponse change_collection(Control::Parts& parts, const HttpRequest& request) {
  ControlInput input(request);
  const std::string id = read_collection(parts, input);
  const json::object access = read_access(parts, input);
  input.finish();
  parts.transfer.update_access(id, access);
  for (const auto& collection : parts.transfer.collections())
    if (collection.id == id) return json_response(200, to_document(parts, collection));
  return error(404, "the collection is gone");
}

HttpResponse add_user(Control::Parts& parts, const HttpRequest& request) {
  ControlInput input(request);
  auth::Identity user{input.optional_text("id"), input.text("username")};
  user.name = input.optional_text("name");
  user.email = input.optional_text("email");
  user.organization = input.optional_text("organization");
  if (input.has("mfa")) user.multi_factor = input.flag("mfa");
  const std::string linked_to = input.optional_text("linked_to");
  input.finish();
  auto& identities = parts.auth.context().identities;
  if (!linked_to.empty()) {
    const auto other = identities.find_either(linked_to);
    if (!other || other->is_client)
      throw std::invalid_argument("'linked_to' is neither the id nor the username of a user");
    user.identity_set = other->identity_set;
  }
  if (user.name.empty()) user.name = user.username;
  if (user.email.empty()) user.email = user.username;
  return json_response(200, user_document(identities.add(user)));
}

HttpResponse set_credentials(Control::Parts& parts, const HttpRequest& request) {
  ControlInput input(request);
  const std::string id = read_collection(parts, input);
  const bool expired = input.flag("expired");
  input.finish();
  parts.transfer.set_credentials_expired(id, expired);
  return json_response(200, json::object{{"collection", id}, {"expired", expired}});
}

HttpResponse set_data_access(Control::Parts& parts, const HttpRequest& request) {
  ControlInput input(request);
  const std::string id = read_collection(parts, input);
  const bool required = input.flag("required");
  input.finish();
  parts.transfer.set_requires_data_access(id, required);
  return json_response(200, json::object{{"collection", id}, {"required", required}});
}

HttpResponse set_bandwidth(Control::Parts& parts, const HttpRequest& request) {
  ControlInput input(request);
  const std::int64_t bytes = input.integer("bytes_per_second");
  input.finish();
  if (bytes < 0) throw std::invalid_argument("'bytes_per_second' must not be negative");
  parts.transfer.set_bandwidth_limit(bytes);
  return json_response(200, json::object{{"bytes_per_second", bytes}});
}

struct Route {
  std::string_view method;
  std::string_view path;
  HttpResponse (*answer)(Control::Parts&, const HttpRequest&);
};

constexpr Route routes[] = {
    {"POST", "/_sandbox/reset", reset},
    {"GET", "/_sandbox/state", state},
    {"POST", "/_sandbox/expire", expire},
    {"POST", "/_sandbox/revoke", revoke},
    {"GET", "/_sandbox/requests", get_requests},
    {"DELETE", "/_sandbox/requests", delete_requests},
    {"POST", "/_sandbox/faults", add_fault},
    {"DELETE", "/_sandbox/faults", clear_faults},
    {"POST", "/_sandbox/collections", add_collection},
    {"PATCH", "/_sandbox/collections", change_collection},
    {"POST", "/_sandbox/users", add_user},
    {"POST", "/_sandbox/credentials", set_credentials},
    {"POST", "/_sandbox/data_access", set_data_access},
    {"POST", "/_sandbox/bandwidth", set_bandwidth},
};

}  // namespace

HttpResponse Control::answer(const HttpRequest& request) {
  bool known = false;
  for (const auto& route : routes) {
    if (route.path != request.path) continue;
    known = true;
    if (route.method != request.method) continue;
    try {
      return route.answer(parts_, request);
    } catch (const std::invalid_argument& wrong) {
      return error(400, wrong.what());
    }
  }
  if (known) return error(405, request.path + " does not take " + request.method);
  return error(404, "/_sandbox/ has nothing at " + request.path);
}

}  // namespace globus_sandbox
