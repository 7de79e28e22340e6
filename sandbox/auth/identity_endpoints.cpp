// SPDX-License-Identifier: Apache-2.0
#include "sandbox/auth/identity_endpoints.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <map>
#include <stdexcept>
#include <utility>

#include "sandbox/auth/credentials.hpp"
#include "sandbox/auth/errors.hpp"
#include "sandbox/auth/id_token.hpp"
#include "sandbox/auth/query_words.hpp"
#include "sandbox/auth/scopes.hpp"
#include "sandbox/base/digest.hpp"
#include "sandbox/base/time_text.hpp"
#include "sandbox/base/uuid.hpp"

namespace globus_sandbox::auth {

namespace json = boost::json;

namespace {

/// Identities may be looked up with any token for Auth, or by a client itself.
void require_caller(const AuthContext& context, const HttpRequest& request) {
  if (!client_of_header(context, request)) authenticate_bearer(context, request);
}

/// The ids of a list, in small letters.
std::vector<std::string> ids_of(const HttpRequest& request) {
  auto ids = query_words(request, "ids");
  for (auto& id : ids) {
    if (!is_uuid(id)) throw bad_parameter("'ids' has '" + id + "', which is no UUID");
    id = canonical_uuid(id);
  }
  return ids;
}

/// Adds an identity, unless it is there already.
void add_once(std::vector<Identity>& found, Identity identity) {
  const bool is_there = std::any_of(found.begin(), found.end(),
                                    [&](const Identity& each) { return each.id == identity.id; });
  if (!is_there) found.push_back(std::move(identity));
}

/// `ids` or `other`, one of which has to be there.
std::string one_of(const HttpRequest& request, const std::string& other) {
  const bool ids = request.query_value("ids").has_value();
  const bool others = request.query_value(other).has_value();
  if (ids == others) throw bad_parameter("Exactly one of 'ids' and '" + other + "' must be given");
  return ids ? "ids" : other;
}

bool flag(const HttpRequest& request, const std::string& name) {
  const std::string value = request.query_value(name).value_or("false");
  if (value == "true" || value == "True") return true;
  if (value == "false" || value == "False") return false;
  throw bad_parameter("'" + name + "' must be 'true' or 'false'");
}

std::vector<Identity> look_up(AuthContext& context, const HttpRequest& request) {
  std::vector<Identity> found;
  if (one_of(request, "usernames") == "ids") {
    for (const auto& id : ids_of(request))
      if (auto identity = context.identities.find(id)) add_once(found, std::move(*identity));
    return found;
  }
  const bool provision = flag(request, "provision");
  for (const auto& username : query_words(request, "usernames")) {
    if (auto identity = context.identities.find_username(username)) {
      add_once(found, std::move(*identity));
    } else if (provision) {
      if (domain_of(username).empty())
        throw bad_parameter("'usernames' has '" + username + "', which has no domain");
      Identity made{{}, username};
      made.status = "unused";
      found.push_back(context.identities.add(made));
    }
  }
  return found;
}

void add_providers(const AuthContext& context, const std::vector<Identity>& identities,
                   json::object& document) {
  std::map<std::string, bool> seen;
  json::array providers;
  for (const auto& identity : identities) {
    if (!seen.emplace(identity.identity_provider, true).second) continue;
    if (const auto provider = context.identities.provider(identity.identity_provider))
      providers.emplace_back(to_document(*provider));
  }
  document["included"] = json::object{{"identity_providers", std::move(providers)}};
}

void include(const AuthContext& context, const HttpRequest& request,
             const std::vector<Identity>& identities, json::object& document) {
  for (const auto& word : query_words(request, "include")) {
    if (word != "identity_provider") throw bad_parameter("'include' does not know '" + word + "'");
    add_providers(context, identities, document);
  }
}

/// The id of a scope: of one that was made here, or else one that its text alone decides.
std::string id_of_scope(const AuthContext& context, const std::string& scope) {
  for (const auto& made : context.scopes.all())
    if (made.at("scope_string") == json::value(scope)) return id_of(made);
  std::string id = uuid_of_bytes(sha256(scope).substr(0, 16));
  // RFC 9562: version 8, of one's own making, and the variant
  id[14] = '8';
  id[19] = '8';
  return id;
}

json::object to_document(const AuthContext& context, const Consent& consent,
                         const std::map<std::string, std::int64_t>& ids) {
  json::array path;
  std::string so_far;
  for (const auto& scope : consent.path) {
    so_far += (so_far.empty() ? "" : " ") + scope;
    path.emplace_back(ids.at(so_far));
  }
  return {{"id", consent.id},
          {"client", consent.client},
          {"scope", id_of_scope(context, consent.path.back())},
          {"scope_name", consent.path.back()},
          {"dependency_path", std::move(path)},
          {"effective_identity", consent.identity},
          {"status", "approved"},
          {"allows_refresh", consent.allows_refresh},
          {"atomically_revocable", consent.optional},
          {"auto_approved", false},
          {"created", to_precise_iso_text(consent.created)},
          {"updated", to_precise_iso_text(consent.updated)},
          {"last_used", to_precise_iso_text(consent.updated)}};
}

}  // namespace

HttpResponse userinfo_endpoint(AuthContext& context, const HttpRequest& request) {
  const Token token = authenticate_bearer(context, request);
  const auto scopes = token.scopes();
  if (std::find(scopes.begin(), scopes.end(), "openid") == scopes.end())
    throw forbidden("The access token lacks the scope 'openid'");
  return json_response(200, identity_claims(context, token));
}

HttpResponse identities_endpoint(AuthContext& context, const HttpRequest& request) {
  require_caller(context, request);
  const auto identities = look_up(context, request);
  json::array list;
  for (const auto& identity : identities) list.emplace_back(to_document(identity));
  json::object document{{"identities", std::move(list)}};
  include(context, request, identities, document);
  return json_response(200, document);
}

HttpResponse identity_endpoint(AuthContext& context, const HttpRequest& request) {
  const std::string& id = request.ids.at(0);
  require_caller(context, request);
  const auto identity = context.identities.find(id);
  if (!identity) throw not_found("There is no identity '" + id + "'");
  json::object document{{"identity", to_document(*identity)}};
  include(context, request, {*identity}, document);
  return json_response(200, document);
}

HttpResponse consents_endpoint(AuthContext& context, const HttpRequest& request) {
  const std::string& id = request.ids.at(0);
  const Token token = authenticate_bearer(context, request);
  if (token.identity != id) throw forbidden("Only the identity itself may see its consents");
  const bool every_client = flag(request, "all");
  const auto consents = context.consents.of_identity(id);
  std::map<std::string, std::map<std::string, std::int64_t>> ids;  // of each client, by path
  for (const auto& consent : consents) ids[consent.client][join(consent.path, " ")] = consent.id;
  json::array list;
  for (const auto& consent : consents)
    if (every_client || consent.client == token.client)
      list.emplace_back(to_document(context, consent, ids[consent.client]));
  return json_response(200, json::object{{"consents", std::move(list)}});
}

HttpResponse identity_providers_endpoint(AuthContext& context, const HttpRequest& request) {
  require_caller(context, request);
  const bool by_id = one_of(request, "domains") == "ids";
  auto wanted = by_id ? ids_of(request) : query_words(request, "domains");
  if (!by_id)
    for (auto& domain : wanted) domain = lower_case(domain);
  json::array list;
  for (const auto& provider : context.identities.providers())
    if (std::find(wanted.begin(), wanted.end(), by_id ? provider.id : provider.domain) !=
        wanted.end())
      list.emplace_back(to_document(provider));
  return json_response(200, json::object{{"identity_providers", std::move(list)}});
}

}  // namespace globus_sandbox::auth
