// SPDX-License-Identifier: Apache-2.0
#include "sandbox/auth/scopes.hpp"

#include <algorithm>
#include <array>
#include <stdexcept>
#include <utility>

#include "sandbox/base/uuid.hpp"

namespace globus_sandbox::auth {

namespace {

constexpr std::string_view urn_prefix = "urn:globus:auth:scope:";
constexpr std::string_view url_prefix = "https://auth.globus.org/scopes/";
constexpr int deepest_nesting = 16;

/// Services whose resource server has another name than the id in their scopes.
constexpr std::array<std::pair<std::string_view, std::string_view>, 2> named_services{{
    {"eec9b274-0c81-4334-bdc2-54e90e689b9a", "flows.globus.org"},
    {"facd7ccc-c5f4-42aa-916b-a0e270e2c2a9", "funcx_service"},
}};

/// RFC 6749, 3.3; what is stored here stands between spaces and line ends, too.
bool is_printable(std::string_view scope) {
  return std::all_of(scope.begin(), scope.end(), [](char c) { return c > ' ' && c < 127; });
}

class Parser {
 public:
  explicit Parser(std::string_view text) : rest_(text) {}

  std::vector<RequestedScope> all() {
    auto scopes = list(0);
    if (!rest_.empty()) throw std::invalid_argument("a scope list has a ']' too many");
    return scopes;
  }

 private:
  std::vector<RequestedScope> list(int depth) {
    if (depth > deepest_nesting) throw std::invalid_argument("scopes are nested too deeply");
    std::vector<RequestedScope> scopes;
    for (;;) {
      skip_spaces();
      if (rest_.empty() || rest_.front() == ']') return scopes;
      scopes.push_back(one(depth));
    }
  }

  RequestedScope one(int depth) {
    RequestedScope result;
    if (rest_.front() == '*') {
      if (depth == 0) throw std::invalid_argument("only a dependency may be optional ('*')");
      result.optional = true;
      rest_.remove_prefix(1);
    }
    const auto length = std::min(rest_.find_first_of(" []*"), rest_.size());
    result.scope = canonical_scope(rest_.substr(0, length));
    rest_.remove_prefix(length);
    if (!is_printable(result.scope) || !resource_server_of(result.scope))
      throw std::invalid_argument("unknown scope '" + result.scope + "'");
    if (!rest_.empty() && rest_.front() == '[') {
      rest_.remove_prefix(1);
      result.dependencies = list(depth + 1);
      if (rest_.empty()) throw std::invalid_argument("a scope list lacks a ']'");
      rest_.remove_prefix(1);
    }
    if (!rest_.empty() && rest_.front() != ' ' && rest_.front() != ']')
      throw std::invalid_argument("a scope list has '" + std::string(1, rest_.front()) +
                                  "' where a space should be");
    return result;
  }

  void skip_spaces() {
    while (!rest_.empty() && rest_.front() == ' ') rest_.remove_prefix(1);
  }

  std::string_view rest_;
};

}  // namespace

std::vector<RequestedScope> parse_scopes(std::string_view text) {
  return Parser(text).all();
}

std::string canonical_scope(std::string_view scope) {
  for (const auto prefix : {urn_prefix, url_prefix}) {
    if (!scope.starts_with(prefix)) continue;
    const auto end = std::min(scope.find_first_of(":/", prefix.size()), scope.size());
    return std::string(prefix) + canonical_uuid(scope.substr(prefix.size(), end - prefix.size())) +
           std::string(scope.substr(end));
  }
  return std::string(scope);
}

std::string written(const RequestedScope& scope) {
  std::string text = (scope.optional ? "*" : "") + scope.scope;
  std::string inner;
  for (const auto& dependency : scope.dependencies)
    inner += (inner.empty() ? "" : " ") + written(dependency);
  return inner.empty() ? text : text + '[' + inner + ']';
}

std::optional<std::string> resource_server_of(std::string_view scope) {
  if (scope == "openid" || scope == "profile" || scope == "email" || scope == "offline_access")
    return "auth.globus.org";
  if (scope.starts_with(urn_prefix)) {
    const auto rest = scope.substr(urn_prefix.size());
    const auto colon = rest.find(':');
    if (colon == 0 || colon == std::string_view::npos || colon + 1 == rest.size())
      return std::nullopt;
    return std::string(rest.substr(0, colon));
  }
  if (scope.starts_with(url_prefix)) {
    const auto rest = scope.substr(url_prefix.size());
    const auto slash = rest.find('/');
    if (slash == 0 || slash == std::string_view::npos || slash + 1 == rest.size())
      return std::nullopt;
    const auto id = rest.substr(0, slash);
    for (const auto& [service, name] : named_services)
      if (service == id) return std::string(name);
    return std::string(id);
  }
  return std::nullopt;
}

std::vector<std::string> split_words(std::string_view text) {
  std::vector<std::string> words;
  while (!text.empty()) {
    const auto end = std::min(text.find(' '), text.size());
    if (end > 0) words.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return words;
}

std::string join(const std::vector<std::string>& words, std::string_view separator) {
  std::string text;
  for (const auto& word : words) {
    if (!text.empty()) text += separator;
    text += word;
  }
  return text;
}

}  // namespace globus_sandbox::auth
