// SPDX-License-Identifier: Apache-2.0
#include "id_token.hpp"

#include <algorithm>
#include <boost/json.hpp>

#include "../base64.hpp"
#include "../clock.hpp"
#include "../digest.hpp"

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

std::int64_t last_authentication(const AuthContext& context, const Token& token) {
  const auto session = context.codes.find_session(token.session);
  return static_cast<std::int64_t>(session ? session->authenticated : token.issued);
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
  const std::string provider = provider_name(context, *identity);
  claims["last_authentication"] = last_authentication(context, token);
  if (has("profile")) {
    claims["name"] = text_or_null(identity->name);
    claims["preferred_username"] = identity->username;
    claims["organization"] = text_or_null(identity->organization);
    claims["identity_provider"] = identity->identity_provider;
    claims["identity_provider_display_name"] = provider;
  }
  if (has("email")) claims["email"] = text_or_null(identity->email);
  if (has(identity_set_scope)) {
    const json::object self{{"sub", identity->id},
                            {"username", identity->username},
                            {"name", text_or_null(identity->name)},
                            {"email", text_or_null(identity->email)},
                            {"organization", text_or_null(identity->organization)},
                            {"identity_provider", identity->identity_provider},
                            {"identity_provider_display_name", provider},
                            {"last_authentication", last_authentication(context, token)}};
    claims["identity_set"] = json::array{self};
  }
  return claims;
}

std::string make_id_token(AuthContext& context, const Token& access_token,
                          const std::string& nonce) {
  json::object claims = identity_claims(context, access_token);
  const auto now = static_cast<std::int64_t>(unix_time());
  claims["iss"] = context.settings.base_url;
  claims["aud"] = access_token.client;
  claims["iat"] = now;
  claims["exp"] = now + static_cast<std::int64_t>(context.settings.token_lifetime);
  const std::string digest = sha512(access_token.text);
  claims["at_hash"] = base64url_encode(std::string_view(digest).substr(0, digest.size() / 2));
  if (!nonce.empty()) claims["nonce"] = nonce;
  return context.signing_key.sign(claims);
}

}  // namespace globus_sandbox::auth
