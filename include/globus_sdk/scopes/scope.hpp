// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <compare>
#include <concepts>
#include <cstddef>
#include <initializer_list>
#include <iosfwd>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "globus_sdk/core/export.hpp"
#include "globus_sdk/core/field.hpp"
#include "globus_sdk/core/text.hpp"

namespace globus_sdk::inline v0 {

class Scope;
class ScopeList;
class StaticScope;
struct ScopeOptions;

namespace detail {

class ScopeText;
/// The compiler's message names this class when a program would keep the text of a temporary scope.
class NameTheScopeFirst;

/// Characters that have a meaning in a text of scopes, and so are in no scope's name.
inline constexpr std::string_view special_scope_characters = "[]* ";

/// How many bytes the text of scopes may have.
inline constexpr std::size_t max_scope_text = std::size_t{4} << 20U;

template <class T>
concept ScopeLike = std::same_as<std::remove_cvref_t<T>, Scope> ||
                    std::same_as<std::remove_cvref_t<T>, StaticScope>;

/// A range of scopes.
template <class R>
concept ScopeRange = !std::same_as<std::remove_cvref_t<R>, ScopeList> && requires(R& range) {
  { *std::begin(range) } -> ScopeLike;
  std::end(range);
};

}  // namespace detail

/// A scope: what a token may be used for, and the scopes that it depends on.
///
/// A Scope never changes and is cheap to copy; `with_dependency` and similar functions return a new
/// one. It converts implicitly to a text, so a Scope, or a list of Scopes, can be given wherever
/// scopes are a parameter. A scope can be optional (also called atomically revocable): a user can
/// then decline or revoke it without the other scopes of the same login. Two scopes are equal when
/// they are written in the same way. Mirrors `globus_sdk.scopes.Scope`.
///
///     TransferScopes.all.with_dependency(GCSCollectionScopes{collection_id}.data_access)
///
/// A Scope that was moved from may only be assigned to or destroyed.
class Scope {
 public:
  /// A scope that is not optional and depends on nothing.
  /// @param scope_string its name, without any of `[]* `. `Scope::parse` reads a text with those.
  /// @throws ValidationError when the name is empty or has one of these characters.
  explicit Scope(Text scope_string);

  /// @throws ValidationError as above, and when the text would have more than 4 MiB.
  Scope(Text scope_string, const ScopeOptions& options);

  /// A constant, as a Scope.
  // NOLINTNEXTLINE(google-explicit-constructor): a constant is a scope
  Scope(StaticScope scope);

  /// Reads a text that is one scope.
  /// @throws ScopeParseError when the text cannot be read (ScopeCycleError when a scope in it
  ///   depends on itself), ValidationError when it has no scope or several.
  static Scope parse(Text scope_string);

  /// The name of the scope, without `*` and dependencies.
  std::string scope_string() const;
  /// Whether a user may decline it without declining the others.
  bool optional() const noexcept;
  /// The scopes that it depends on directly, in their order.
  std::vector<Scope> dependencies() const;

  /// This scope with one more dependency.
  [[nodiscard]] Scope with_dependency(const Scope& other_scope) const;
  /// This scope with more dependencies, after those that it has.
  [[nodiscard]] Scope with_dependencies(const ScopeList& other_scopes) const;
  /// This scope, optional or not.
  [[nodiscard]] Scope with_optional(bool optional) const;

  /// The text that Globus Auth reads: `*name[dependency dependency]`.
  std::string str() const { return std::string(text()); }

  /// The same text as `str()`, valid as long as this scope lives.
  // NOLINTNEXTLINE(google-explicit-constructor): a scope stands wherever a text of scopes does
  operator std::string_view() const& noexcept GLOBUS_SDK_LIFETIMEBOUND { return text(); }
  /// The text of a temporary is destroyed at the end of the expression: give the scope a name
  /// first.
  template <class Remedy = detail::NameTheScopeFirst>
  operator std::string_view() const&& = delete;  // NOLINT(google-explicit-constructor)
  // NOLINTNEXTLINE(google-explicit-constructor): `std::string wanted = scope;`
  operator std::string() const { return str(); }

  friend bool operator==(const Scope& a, const Scope& b) noexcept { return a.text() == b.text(); }
  /// Compares their texts.
  friend std::strong_ordering operator<=>(const Scope& a, const Scope& b) noexcept {
    return a.text() <=> b.text();
  }
  friend std::ostream& operator<<(std::ostream& out, const Scope& scope) {
    return scope.print(out);
  }

 private:
  friend class ScopeParser;

  Scope(std::shared_ptr<const detail::ScopeText> document, std::size_t node) noexcept
      : document_(std::move(document)), node_(node) {}

  static Scope from_text(std::string text);
  std::string_view text() const noexcept;
  std::string_view name() const noexcept;
  std::ostream& print(std::ostream& out) const;

  std::shared_ptr<const detail::ScopeText> document_;
  std::size_t node_ = 0;
};

/// Scopes, made from braces or from any range of scopes.
class ScopeList {
 public:
  using BraceElement = Scope;

  ScopeList() = default;
  /// These scopes.
  ScopeList(std::initializer_list<Scope> scopes) : values_(scopes) {}

  /// The scopes of a range: Scopes, constants, or names.
  template <detail::ScopeRange R>
  // NOLINTNEXTLINE(google-explicit-constructor): a vector is a list of scopes
  ScopeList(R&& range) {
    for (auto&& scope : range) values_.emplace_back(scope);
  }

  /// The scopes, in their order.
  const std::vector<Scope>& values() const& noexcept { return values_; }
  /// The same for a temporary object.
  std::vector<Scope> values() && noexcept { return std::move(values_); }
  /// The scopes, in their order.
  auto begin() const noexcept { return values_.begin(); }
  auto end() const noexcept { return values_.end(); }
  /// How many scopes there are.
  std::size_t size() const noexcept { return values_.size(); }
  /// Whether there are none.
  bool empty() const noexcept { return values_.empty(); }

 private:
  std::vector<Scope> values_{};
};

/// Options of Scope.
struct ScopeOptions {
  /// Whether a user may decline the scope without declining the others.
  Field<bool> optional{};
  /// The scopes that it depends on.
  Field<ScopeList> dependencies{};
};

/// A scope that is known when the program is compiled, like those of the scope collections. It
/// converts implicitly to a Scope or a text.
class StaticScope {
 public:
  /// @param scope_string a literal that is not empty and has none of `[]* `; anything else does not
  ///   compile.
  consteval explicit StaticScope(std::string_view scope_string) : text_(scope_string) {
    if (text_.empty() || text_.find_first_of(detail::special_scope_characters) != text_.npos) {
      throw "a scope's name is not empty and has none of \"[]* \"";
    }
  }

  /// The name of the scope.
  std::string scope_string() const { return str(); }
  /// Always false.
  static constexpr bool optional() noexcept { return false; }
  /// Always none.
  static std::vector<Scope> dependencies() { return {}; }

  /// This scope with a dependency.
  [[nodiscard]] Scope with_dependency(const Scope& other_scope) const {
    return Scope(*this).with_dependency(other_scope);
  }
  /// This scope with dependencies.
  [[nodiscard]] Scope with_dependencies(const ScopeList& other_scopes) const {
    return Scope(*this).with_dependencies(other_scopes);
  }
  /// This scope, optional or not.
  [[nodiscard]] Scope with_optional(bool optional) const {
    return Scope(*this).with_optional(optional);
  }

  /// The text that Globus Auth reads: the name.
  std::string str() const { return std::string(text_); }

  // NOLINTNEXTLINE(google-explicit-constructor): a scope stands wherever a text of scopes does
  constexpr operator std::string_view() const noexcept { return text_; }
  // NOLINTNEXTLINE(google-explicit-constructor): `std::string wanted = TransferScopes.all;`
  operator std::string() const { return str(); }

  friend constexpr bool operator==(StaticScope a, StaticScope b) noexcept = default;
  friend std::ostream& operator<<(std::ostream& out, StaticScope scope) {
    return out << Scope(scope);
  }

 private:
  std::string_view text_;
};

}  // namespace globus_sdk::inline v0

/// Scopes that are equal have the same hash.
template <> struct std::hash<globus_sdk::Scope> {
  std::size_t operator()(const globus_sdk::Scope& scope) const noexcept {
    return std::hash<std::string_view>()(scope);
  }
};
