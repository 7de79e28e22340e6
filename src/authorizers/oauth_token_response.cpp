// SPDX-License-Identifier: Apache-2.0
#include "globus_sdk/authorizers/oauth_token_response.hpp"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <ostream>
#include <set>
#include <sstream>

#include "core/base/now_seconds.hpp"
#include "core/base/wipe.hpp"
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

/// A member that may be absent; servers that are not Globus' own name no resource server, say. What
/// is no text tells as little.
std::string text_or_empty(const JsonView& token, const char* key) {
  const auto member = token.get(key);
  return member && member->is_string() ? member->as<std::string>() : std::string();
}

/// A token is sent in a header: what does not fit there would spoil every call until it expires.
std::string token_text(const JsonView& token) {
  std::string text = token["access_token"].as<std::string>();
  if (text.empty()) refuse("access_token", "is empty");
  const bool fits = std::ranges::all_of(text, [](char c) { return c > ' ' && c <= '~'; });
  if (!fits) refuse("access_token", "holds characters that no token may have");
  return text;
}

/// Seconds as some servers write them: in a text.
std::optional<double> number_in(std::string_view text) {
  std::int64_t number = 0;
  const char* end = text.data() + text.size();
  const auto read = std::from_chars(text.data(), end, number);
  if (read.ec != std::errc() || read.ptr != end) return std::nullopt;
  return static_cast<double>(number);
}

/// How long a token is good for, in seconds. OAuth2 only recommends that an answer says so; what
/// cannot be a lifetime says nothing.
std::optional<std::int64_t> lifetime(const JsonView& token) {
  constexpr double longest = 100'000'000'000;  // 3,000 years
  const auto member = token.get("expires_in");
  std::optional<double> seconds;
  if (member && member->is_number()) seconds = member->as<double>();
  if (member && member->is_string()) seconds = number_in(*member);
  if (!seconds || !(*seconds >= 0 && *seconds <= longest)) return std::nullopt;
  return static_cast<std::int64_t>(*seconds);
}

TokenData read_token(const JsonView& token, std::int64_t now) {
  TokenData data;
  data.access_token = token_text(token);
  const auto seconds = lifetime(token);
  data.expires_at_seconds = seconds ? now + *seconds : unknown_expiry;
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
  const auto others = document.get("other_tokens");
  if (others && others->is_array()) {
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

TokenData::~TokenData() {
  detail::wipe(access_token);
  if (refresh_token) detail::wipe(*refresh_token);
}

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
  throw GlobusSDKUsageError("no single token has all of the scopes '" + scopes.str() + "'");
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
      tokens_(std::make_shared<const Tokens>(read(*this, form))),
      is_refresh_(form == Form::refresh) {}

OAuthTokenResponse::Tokens OAuthTokenResponse::read(const GlobusHTTPResponse& response, Form form) {
  Tokens tokens;
  try {
    tokens.all = read_tokens(response.data(), form == Form::list);
    tokens.by_resource_server = index_tokens(tokens.all);
  } catch (const GlobusError&) {
    if (form != Form::refresh) throw;
    tokens.trouble = std::current_exception();
  }
  return tokens;
}

const OAuthTokenResponse::Tokens& OAuthTokenResponse::tokens() const {
  if (tokens_->trouble) std::rethrow_exception(tokens_->trouble);
  return *tokens_;
}

const std::map<std::string, TokenData>& OAuthTokenResponse::by_resource_server() const& {
  return tokens().by_resource_server;
}

ByScopes OAuthTokenResponse::by_scopes() const {
  return ByScopes(std::shared_ptr<const std::vector<TokenData>>(tokens_, &tokens().all));
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
  for (const auto& [resource_server, token] : tokens_->by_resource_server) {
    out << separator << resource_server << " (" << token.scope << ")";
    separator = ", ";
  }
  return out;
}

}  // namespace globus_sdk::inline v0
