// SPDX-License-Identifier: Apache-2.0
#include "globus_sdk/authorizers/oauth_token_response.hpp"

#include <algorithm>
#include <chrono>
#include <ostream>
#include <set>
#include <sstream>

#include "../core/now_seconds.hpp"
#include "globus_sdk/core/errors.hpp"

namespace globus_sdk::inline v0 {

namespace {

std::vector<std::string> words(std::string_view text) {
  std::istringstream stream{std::string(text)};
  std::vector<std::string> found;
  for (std::string word; stream >> word;) found.push_back(word);
  return found;
}

[[noreturn]] void refuse(const char* key, const char* lack) {
  throw GlobusError(std::string("the answer holds no tokens: ") + key + ' ' + lack);
}

/// A member that may be absent; servers that are not Globus' own name no resource server, say.
std::string text_or_empty(const JsonView& token, const char* key) {
  const auto member = token.get(key);
  if (!member || member->is_null()) return {};
  if (!member->is_string()) refuse(key, "is no text");
  return member->as<std::string>();
}

/// A token is sent in a header: what does not fit there would spoil every call until it expires.
std::string token_text(const JsonView& token) {
  std::string text = token["access_token"].as<std::string>();
  if (text.empty()) refuse("access_token", "is empty");
  const bool fits = std::ranges::all_of(text, [](char c) { return c > ' ' && c <= '~'; });
  if (!fits) refuse("access_token", "holds characters that no token may have");
  return text;
}

std::int64_t lifetime(const JsonView& token) {
  constexpr std::int64_t longest = 100'000'000'000;  // 3,000 years
  const auto seconds = token["expires_in"].as<std::int64_t>();
  if (seconds < 0 || seconds > longest) refuse("expires_in", "is no lifetime in seconds");
  return seconds;
}

TokenData read_token(const JsonView& token, std::int64_t now) {
  TokenData data;
  data.access_token = token_text(token);
  data.expires_at_seconds = now + lifetime(token);
  data.resource_server = text_or_empty(token, "resource_server");
  data.scope = text_or_empty(token, "scope");
  data.token_type = text_or_empty(token, "token_type");
  const std::string refresh_token = text_or_empty(token, "refresh_token");
  if (!refresh_token.empty()) data.refresh_token = refresh_token;
  return data;
}

std::vector<TokenData> read_tokens(const JsonView& document, bool is_list) {
  const std::int64_t now = detail::now_seconds();
  std::vector<TokenData> tokens;
  if (is_list) {
    for (const JsonView token : document) tokens.push_back(read_token(token, now));
    return tokens;
  }
  tokens.push_back(read_token(document, now));
  if (const auto others = document.get("other_tokens")) {
    for (const JsonView token : *others) tokens.push_back(read_token(token, now));
  }
  return tokens;
}

std::map<std::string, TokenData> index_tokens(const std::vector<TokenData>& tokens) {
  std::map<std::string, TokenData> index;
  for (const TokenData& token : tokens) index.insert_or_assign(token.resource_server, token);
  return index;
}

}  // namespace

const TokenData* ByScopes::find(Text scopes) const {
  const std::vector<std::string> wanted = words(scopes);
  if (wanted.empty()) return nullptr;
  for (const TokenData& token : *tokens_) {
    const std::vector<std::string> granted = words(token.scope);
    const bool has_all = std::all_of(wanted.begin(), wanted.end(), [&](const std::string& scope) {
      return std::find(granted.begin(), granted.end(), scope) != granted.end();
    });
    if (has_all) return &token;
  }
  return nullptr;
}

const TokenData& ByScopes::operator[](Text scopes) const {
  if (const TokenData* token = find(scopes)) return *token;
  throw GlobusSDKUsageError("no one token has the scopes '" + scopes.str() + "'");
}

bool ByScopes::contains(Text scopes) const {
  return find(scopes) != nullptr;
}

std::vector<std::string> ByScopes::scopes() const {
  std::vector<std::string> all;
  for (const TokenData& token : *tokens_) {
    for (std::string& scope : words(token.scope)) all.push_back(std::move(scope));
  }
  return all;
}

OAuthTokenResponse::OAuthTokenResponse(GlobusHTTPResponse response)
    : OAuthTokenResponse(std::move(response), Form::token_with_others) {}

OAuthTokenResponse::OAuthTokenResponse(GlobusHTTPResponse response, Form form)
    : GlobusHTTPResponse(std::move(response)),
      tokens_(
          std::make_shared<const std::vector<TokenData>>(read_tokens(data(), form == Form::list))),
      by_resource_server_(
          std::make_shared<const std::map<std::string, TokenData>>(index_tokens(*tokens_))),
      is_refresh_(form == Form::refresh) {}

const std::map<std::string, TokenData>& OAuthTokenResponse::by_resource_server() const& noexcept {
  return *by_resource_server_;
}

std::optional<std::string> OAuthTokenResponse::id_token() const {
  const auto member = get("id_token");
  if (!member || !member->is_string()) return std::nullopt;
  return member->as<std::string>();
}

std::string OAuthTokenResponse::required_id_token() const {
  auto token = id_token();
  if (!token) throw GlobusError("no id token came: is 'openid' among the requested scopes?");
  return std::move(*token);
}

std::ostream& OAuthTokenResponse::print(std::ostream& out) const {
  out << "tokens for";
  const char* separator = " ";
  for (const auto& [resource_server, token] : *by_resource_server_) {
    out << separator << resource_server << " (" << token.scope << ")";
    separator = ", ";
  }
  return out;
}

}  // namespace globus_sdk::inline v0
