// SPDX-License-Identifier: Apache-2.0
#include "globus_sdk/scopes/scope.hpp"

#include <ostream>

#include "globus_sdk/core/errors.hpp"
#include "globus_sdk/core/strings.hpp"
#include "globus_sdk/scopes/scope_parser.hpp"
#include "scopes/scope_text.hpp"

namespace globus_sdk::inline v0 {

namespace {

std::string checked_name(std::string_view name) {
  if (name.empty()) throw ValidationError("a scope's name must not be empty");
  if (name.find_first_of(detail::special_scope_characters) != std::string_view::npos) {
    throw ValidationError(
        "a scope's name must not have the characters \"[]* \"; Scope::parse reads a text with "
        "them");
  }
  return std::string(name);
}

/// `scope`, written, with more dependencies.
std::string with_more(std::string scope, const Strings& dependencies) {
  if (dependencies.empty()) return scope;
  if (scope.ends_with(']')) {
    scope.back() = ' ';
  } else {
    scope += '[';
  }
  return scope + dependencies.joined(' ') + ']';
}

}  // namespace

Scope::Scope(Text scope_string) : Scope(from_text(checked_name(scope_string))) {}

Scope::Scope(Text scope_string, const ScopeOptions& options)
    : Scope(Scope(scope_string)
                .with_optional(options.optional.value_or(false))
                .with_dependencies(options.dependencies.value_or(ScopeList()))) {}

Scope::Scope(StaticScope scope) : Scope(from_text(std::string(scope))) {}

Scope Scope::parse(Text scope_string) {
  std::vector<Scope> scopes = ScopeParser::parse(scope_string);
  if (scopes.size() == 1) return std::move(scopes.front());
  throw ValidationError("Scope::parse takes the text of one scope, and was given " +
                        std::to_string(scopes.size()) + "; ScopeParser::parse reads lists");
}

Scope Scope::from_text(std::string text) {
  if (text.size() > detail::max_scope_text) {
    throw ValidationError("the text of a scope must have at most 4 MiB");
  }
  return {std::make_shared<const detail::ScopeText>(std::move(text)), 0};
}

std::string_view Scope::text() const noexcept {
  return document_->text(node_);
}

std::string_view Scope::name() const noexcept {
  std::string_view name = text();
  if (name.front() == '*') name.remove_prefix(1);
  return name.substr(0, name.find('['));
}

std::string Scope::scope_string() const {
  return std::string(name());
}

bool Scope::optional() const noexcept {
  return text().front() == '*';
}

std::vector<Scope> Scope::dependencies() const {
  std::vector<Scope> found;
  for (const std::size_t node : document_->children(node_)) found.push_back({document_, node});
  return found;
}

Scope Scope::with_dependency(const Scope& other_scope) const {
  return from_text(with_more(str(), other_scope));
}

Scope Scope::with_dependencies(const ScopeList& other_scopes) const {
  return from_text(with_more(str(), other_scopes.values()));
}

Scope Scope::with_optional(bool optional) const {
  if (optional == this->optional()) return *this;
  return from_text(optional ? '*' + str() : str().substr(1));
}

std::ostream& Scope::print(std::ostream& out) const {
  return out << text();
}

}  // namespace globus_sdk::inline v0
