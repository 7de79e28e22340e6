// SPDX-License-Identifier: Apache-2.0
#include "globus_sdk/scopes/scope_parser.hpp"

#include <memory>

#include "scopes/scope_syntax.hpp"
#include "scopes/scope_text.hpp"

namespace globus_sdk::inline v0 {

std::vector<Scope> ScopeParser::parse(Text scope_string) {
  const auto document =
      std::make_shared<const detail::ScopeText>(detail::read_scopes(scope_string).text());
  std::vector<Scope> scopes;
  for (const std::size_t node : document->roots()) scopes.push_back(Scope(document, node));
  return scopes;
}

std::vector<Scope> ScopeParser::merge_scopes(const Strings& scopes_a, const Strings& scopes_b) {
  std::string all = scopes_a.joined(' ');
  if (!scopes_a.empty() && !scopes_b.empty()) all += ' ';
  return parse(all + scopes_b.joined(' '));
}

std::string ScopeParser::serialize(const Strings& scopes, const SerializeScopesOptions& options) {
  std::string all = scopes.joined(' ');
  const bool is_empty = all.find_first_not_of(' ') == std::string::npos;
  if (is_empty && options.reject_empty.value_or(true)) {
    throw GlobusSDKUsageError("scopes must name at least one scope");
  }
  return all;
}

}  // namespace globus_sdk::inline v0
