// SPDX-License-Identifier: Apache-2.0
// What the sandbox shows of Auth, and what `/_sandbox/` takes for it.
#include <boost/json.hpp>
#include <stdexcept>
#include <utility>

#include "sandbox/auth/auth_service.hpp"
#include "sandbox/control/control_input.hpp"

namespace globus_sandbox::auth {

namespace json = boost::json;

namespace {

/// As the API shows it, with what only the sandbox knows.
json::object user_document(const Identity& user) {
  json::object document = to_document(user);
  document["identity_set"] = user.identity_set;
  document["mfa"] = user.multi_factor;
  return document;
}

}  // namespace

json::object AuthService::state() const {
  json::array users;
  for (const auto& user : context_.identities.users()) users.emplace_back(user_document(user));
  json::array clients;
  for (const auto& client : context_.clients.all()) clients.emplace_back(to_document(client));
  return {{"users", std::move(users)}, {"clients", std::move(clients)}};
}

json::object AuthService::description() const {
  const InitialAccounts known = accounts();
  json::array users;
  for (const auto& user : context_.identities.users())
    users.push_back({{"id", user.id}, {"username", user.username}, {"name", user.name}});
  json::array clients{json::object{{"id", known.client_id},
                                   {"name", "Sandbox Application"},
                                   {"secret", known.client_secret}},
                      json::object{{"id", known.native_client_id},
                                   {"name", "Sandbox Native Application"},
                                   {"secret", nullptr}}};
  return {{"users", std::move(users)}, {"clients", std::move(clients)}};
}

std::map<std::string, std::string> AuthService::variables() const {
  return accounts().variables();
}

std::vector<Route<>> AuthService::control_routes() {
  return {
      {"POST", "/expire", [this](const HttpRequest& request) { return expire(request); }},
      {"POST", "/revoke", [this](const HttpRequest& request) { return revoke(request); }},
      {"POST", "/users", [this](const HttpRequest& request) { return add_user(request); }},
  };
}

HttpResponse AuthService::expire(const HttpRequest& request) {
  ControlInput input(request);
  const std::string token = input.text("token");
  input.finish();
  if (!context_.tokens.expire(token))
    throw std::invalid_argument("'token' is not one that the sandbox issued");
  return json_response(200, json::object{{"expired", true}});
}

HttpResponse AuthService::revoke(const HttpRequest& request) {
  ControlInput input(request);
  const std::string token = input.text("token");
  input.finish();
  if (!context_.tokens.find(token))
    throw std::invalid_argument("'token' is not one that the sandbox issued");
  context_.tokens.revoke(token);
  return json_response(200, json::object{{"revoked", true}});
}

HttpResponse AuthService::add_user(const HttpRequest& request) {
  ControlInput input(request);
  Identity user{input.optional_text("id"), input.text("username")};
  user.name = input.optional_text("name");
  user.email = input.optional_text("email");
  user.organization = input.optional_text("organization");
  if (input.has("mfa")) user.multi_factor = input.flag("mfa");
  const std::string linked_to = input.optional_text("linked_to");
  input.finish();
  if (!linked_to.empty()) {
    const auto other = context_.identities.find_either(linked_to);
    if (!other || other->is_client)
      throw std::invalid_argument("'linked_to' is neither the id nor the username of a user");
    user.identity_set = other->identity_set;
  }
  if (user.name.empty()) user.name = user.username;
  if (user.email.empty()) user.email = user.username;
  return json_response(200, user_document(context_.identities.add(user)));
}

}  // namespace globus_sandbox::auth
