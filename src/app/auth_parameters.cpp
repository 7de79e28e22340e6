// SPDX-License-Identifier: Apache-2.0
#include "app/auth_parameters.hpp"

#include <algorithm>

#include "globus_sdk/scopes/scope_parser.hpp"

namespace globus_sdk::inline v0::detail {

namespace {

Field<Strings> merged_scopes(const Field<Strings>& first, const Field<Strings>& second) {
  if (!first && !second) return {};
  return Strings(ScopeParser::merge_scopes(first.value_or(Strings()), second.value_or(Strings())));
}

Field<Strings> joined(const Field<Strings>& first, const Field<Strings>& second) {
  if (!first || !second) return first ? first : second;
  std::vector<std::string> all = first->values();
  for (const std::string& text : *second) {
    if (std::ranges::find(all, text) == all.end()) all.push_back(text);
  }
  return Strings(std::move(all));
}

template <class T> void take(Field<T>& field, const Field<T>& other) {
  if (other) field = other;
}

}  // namespace

GlobusAuthorizationParameters merged(GlobusAuthorizationParameters first,
                                     const GlobusAuthorizationParameters& second) {
  take(first.session_message, second.session_message);
  // one of these domains is enough, so that both lists cannot be met by a longer one
  take(first.session_required_single_domain, second.session_required_single_domain);
  first.session_required_identities =
      joined(first.session_required_identities, second.session_required_identities);
  first.session_required_policies =
      joined(first.session_required_policies, second.session_required_policies);
  if (second.session_required_mfa.value_or(false)) first.session_required_mfa = true;
  first.required_scopes = merged_scopes(first.required_scopes, second.required_scopes);
  take(first.prompt, second.prompt);
  return first;
}

GlobusAuthorizationParameters with_scopes(GlobusAuthorizationParameters parameters,
                                          const ScopeRequirements& requirements) {
  const Strings required(requirements.merged());
  parameters.required_scopes =
      parameters.required_scopes
          ? Strings(ScopeParser::merge_scopes(required, *parameters.required_scopes))
          : required;
  return parameters;
}

}  // namespace globus_sdk::inline v0::detail
