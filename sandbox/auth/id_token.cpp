// SPDX-License-Identifier: Apache-2.0
#include "sandbox/auth/id_token.hpp"

#include <algorithm>
#include <boost/json.hpp>

#include "sandbox/base/base64.hpp"
#include "sandbox/base/clock.hpp"
#include "sandbox/base/digest.hpp"
#include "sandbox/base/secret_record.hpp"

namespace globus_sandbox::auth {

namespace json = boost::json;

namespace {

constexpr std::string_view identity_set_scope =
    "urn:globus:auth:scope:auth.globus.org:view_identity_set";

json::value text_or_null(const std::string& text) {
  return text.empty() ? json::value(nullptr) : json::value(text);
}

std::string provider_name(const AuthContext& context, const Identity& identity) {
  const auto provider = context.identities.provider(identity.identity_provider);
  return provider ? provider->domain : std::string{};
}

std::int64_t last_authentication(const std::optional<Session>& session, const Token& token) {
  const bool known = session && !session->authentications.empty();
  return whole_seconds(known ? session->authentications.back().time : token.issued);
}

/// One identity of the set, with the time when the session's user proved to be it.
json::object member(const AuthContext& context, const Identity& identity,
                    const std::optional<Session>& session) {
  const Authentication* known = session ? session->find(identity.id) : nullptr;
  return {{"sub", identity.id},
          {"username", identity.username},
          {"name", text_or_null(identity.name)},
          {"email", text_or_null(identity.email)},
          {"organization", text_or_null(identity.organization)},
          {"identity_provider", identity.identity_provider},
          {"identity_provider_display_name", provider_name(context, identity)},
          {"last_authentication",
           known ? json::value(whole_seconds(known->time)) : json::value(nullptr)}};
}

}  // namespace

json::object identity_claims(const AuthContext& context, const Token& token) {
  const auto identity = context.identities.find(token.identity);
  json::object claims{{"sub", token.identity}};
  if (!identity) return claims;
  const auto scopes = token.scopes();
  const auto has = [&](std::string_view scope) {
    return std::find(scopes.begin(), scopes.end(), scope) != scopes.end();
  };
  const auto session = context.sessions.find(token.session);
  claims["last_authentication"] = last_authentication(session, token);
  if (has("profile")) {
    claims["name"] = text_or_null(identity->name);
    claims["preferred_username"] = identity->username;
    claims["organization"] = text_or_null(identity->organization);
    claims["identity_provider"] = identity->identity_provider;
    claims["identity_provider_display_name"] = provider_name(context, *identity);
  }
  if (has("email")) claims["email"] = text_or_null(identity->email);
  if (has(identity_set_scope)) {
    json::array set;
    for (const auto& each : context.identities.linked_with(identity->id))
      set.emplace_back(member(context, each, session));
    claims["identity_set"] = std::move(set);
  }
  return claims;
}

std::string make_id_token(AuthContext& context, const Token& access_token,
                          const std::string& nonce) {
  json::object claims = identity_claims(context, access_token);
  const auto now = whole_seconds(current_time());
  claims["iss"] = context.settings.base_url;
  claims["aud"] = access_token.client;
  claims["iat"] = now;
  claims["exp"] = now + context.settings.token_lifetime.count();
  const std::string digest = sha512(access_token.text);
  claims["at_hash"] = base64url_encode(std::string_view(digest).substr(0, digest.size() / 2));
  if (!nonce.empty()) claims["nonce"] = nonce;
  std::string id_token = context.signing_key.sign(claims);
  record_secret(id_token);
  return id_token;
}

}  // namespace globus_sandbox::auth
