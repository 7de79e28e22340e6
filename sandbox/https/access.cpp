// SPDX-License-Identifier: Apache-2.0
#include "sandbox/https/access.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <utility>

#include "sandbox/base/random.hpp"
#include "sandbox/base/text.hpp"
#include "sandbox/server/service_error.hpp"

namespace globus_sandbox::https {

namespace json = boost::json;

namespace {

json::object asking_for(const std::vector<std::string>& scopes) {
  const json::array list(scopes.begin(), scopes.end());
  return {{"required_scopes", list}, {"authorization_parameters", {{"required_scopes", list}}}};
}

ServiceError unauthenticated(const std::vector<std::string>& scopes) {
  return {401, "AuthenticationFailed", "The request carries no access token", asking_for(scopes)};
}

/// As a browser is sent to Globus Auth, by the client that each collection is there.
Refusal redirection_to_login(const transfer::CollectionState& state,
                             const std::vector<std::string>& scopes, const LoginPlaces& places) {
  std::string text;
  for (const auto& scope : scopes) text += (text.empty() ? "" : " ") + scope;
  HttpResponse response{302, {{"Content-Type", "text/plain"}}, "A login is required.\n"};
  response.headers.emplace_back("Location",
                                places.authorize_url + '?' +
                                    encode_form({{"client_id", state.collection.id},
                                                 {"redirect_uri", places.https_server + '/'},
                                                 {"scope", text},
                                                 {"state", random_uuid()},
                                                 {"response_type", "code"}}));
  response.headers.emplace_back("Cache-Control", "no-store");
  return {std::move(response)};
}

bool reads(const HttpRequest& request) {
  return request.method == "GET" || request.method == "HEAD";
}

bool is_of_script(const HttpRequest& request) {
  return lower_case(request.header("x-requested-with").value_or("")) == "xmlhttprequest";
}

void require_scopes(const Caller& caller, const std::vector<std::string>& scopes,
                    const std::string& collection_id) {
  const bool has_all =
      caller.resource_server == collection_id &&
      std::all_of(scopes.begin(), scopes.end(), [&](const std::string& scope) {
        return std::find(caller.scopes.begin(), caller.scopes.end(), scope) != caller.scopes.end();
      });
  if (!has_all)
    throw ServiceError(403, "ConsentRequired",
                       "The access token lacks scopes that the collection asks for",
                       asking_for(scopes));
}

}  // namespace

std::vector<std::string> required_scopes(const transfer::CollectionState& state) {
  const auto& id = state.collection.id;
  std::vector<std::string> scopes{transfer::https_scope(id)};
  if (state.access.takes_data_access()) scopes.push_back(transfer::data_access_scope(id));
  return scopes;
}

void require_access(const FileTarget& target, const HttpRequest& request,
                    const Directory& directory, const LoginPlaces& places) {
  const auto& state = target.state;
  if (reads(request) && state.access.is_public) return;
  const auto scopes = required_scopes(state);
  if (!request.header("authorization")) {
    if (reads(request) && !is_of_script(request)) throw redirection_to_login(state, scopes, places);
    throw unauthenticated(scopes);
  }
  const Caller caller = require_token(directory, request);
  require_scopes(caller, scopes, state.collection.id);
  transfer::require_session(state.access, caller, directory, "AuthorizationRequired");
}

}  // namespace globus_sandbox::https
