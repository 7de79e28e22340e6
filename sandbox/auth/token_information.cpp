// SPDX-License-Identifier: Apache-2.0
// What may be asked about a token, and its end.
#include <algorithm>
#include <boost/json.hpp>

#include "sandbox/auth/credentials.hpp"
#include "sandbox/auth/errors.hpp"
#include "sandbox/auth/scopes.hpp"
#include "sandbox/auth/token_endpoint.hpp"

namespace globus_sandbox::auth {

namespace json = boost::json;

namespace {

json::object to_document(const AuthContext& context, const Authentication& authentication) {
  const auto identity = context.identities.find(authentication.identity);
  json::array methods{"pwd"};
  if (authentication.multi_factor) methods.emplace_back("mfa");
  return {{"acr", nullptr},
          {"amr", std::move(methods)},
          {"auth_time", whole_seconds(authentication.time)},
          {"custom_claims", json::object{}},
          {"idp", identity ? json::value(identity->identity_provider) : json::value()}};
}

json::object session_info(const AuthContext& context, const Token& token) {
  json::object authentications;
  if (const auto session = context.sessions.find(token.session))
    for (const auto& each : session->authentications)
      authentications[each.identity] = to_document(context, each);
  return {{"session_id", token.session}, {"authentications", std::move(authentications)}};
}

json::array audience(const Token& token) {
  json::array result{json::value(token.resource_server)};
  if (token.client != token.resource_server) result.emplace_back(token.client);
  return result;
}

json::object describe(const AuthContext& context, const Token& token) {
  json::object document{{"active", true},
                        {"token_type", "Bearer"},
                        {"scope", join(token.scopes(), " ")},
                        {"client_id", token.client},
                        {"sub", token.identity},
                        {"aud", audience(token)},
                        {"iss", context.settings.base_url},
                        {"iat", whole_seconds(token.issued)},
                        {"nbf", whole_seconds(token.issued)}};
  if (token.expires) document["exp"] = whole_seconds(*token.expires);
  if (const auto identity = context.identities.find(token.identity)) {
    document["username"] = identity->username;
    document["name"] = identity->name;
    document["email"] = identity->email;
  }
  return document;
}

void add_included(const AuthContext& context, const Token& token, const std::string& include,
                  json::object& document) {
  std::string words = include;
  std::replace(words.begin(), words.end(), ',', ' ');
  const auto identities = context.identities.linked_with(token.identity);
  for (const auto& word : split_words(words)) {
    if (word == "session_info") {
      document["session_info"] = session_info(context, token);
    } else if (word == "identity_set" || word == "identities_set") {
      json::array set;
      for (const auto& each : identities) set.emplace_back(each.id);
      document[word] = std::move(set);
    } else if (word == "identity_set_detail") {
      json::array detail;
      for (const auto& each : identities) detail.emplace_back(to_document(each));
      document[word] = std::move(detail);
    } else {
      throw Refusal{oauth_error(400, "invalid_request", "'include' does not know '" + word + "'")};
    }
  }
}

}  // namespace

HttpResponse introspect_endpoint(AuthContext& context, const HttpRequest& request) {
  const Form form(request);
  const Client client = authenticate_client(context, request, form);
  if (client.is_public)
    return oauth_error(401, "invalid_client", "Only a client with a secret may introspect");
  const auto token = context.tokens.find(form.require("token"));
  // Others' tokens look to a client as if there were none.
  const bool visible = token && token->active() &&
                       (token->client == client.id || token->resource_server == client.id);
  if (!visible) return json_response(200, json::object{{"active", false}});
  json::object document = describe(context, *token);
  add_included(context, *token, form.get("include").value_or(""), document);
  return json_response(200, document);
}

HttpResponse validate_endpoint(AuthContext& context, const HttpRequest& request) {
  const Form form(request);
  const Client client = authenticate_client(context, request, form);
  const auto token = context.tokens.find(form.require("token"));
  const bool active = token && token->active() && token->client == client.id;
  return json_response(200, json::object{{"active", active}});
}

HttpResponse revoke_endpoint(AuthContext& context, const HttpRequest& request) {
  const Form form(request);
  authenticate_client(context, request, form);
  // `globus logout` of a client identity sends a request for a refresh token that there is none of.
  const std::string text = form.get("token").value_or("");
  // As at Globus, whoever holds a token may end it: `globus logout` does so as another client than
  // the one that it logged in as. A token that is not known is as good as revoked (RFC 7009, 2.2).
  if (const auto token = context.tokens.find(text)) {
    context.tokens.revoke(text);
    if (token->is_refresh) context.tokens.revoke_access_of(*token);
  }
  return json_response(200, json::object{{"active", false}});
}

}  // namespace globus_sandbox::auth
