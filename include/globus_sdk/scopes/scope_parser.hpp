// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "globus_sdk/core/field.hpp"
#include "globus_sdk/core/strings.hpp"
#include "globus_sdk/core/text.hpp"
#include "globus_sdk/scopes/errors.hpp"
#include "globus_sdk/scopes/scope.hpp"

namespace globus_sdk::inline v0 {

/// Options of ScopeParser::serialize.
struct SerializeScopesOptions {
  /// Whether it is an error when there is no scope; true when unset.
  Field<bool> reject_empty{};
};

/// Converts texts to scopes and back. Mirrors `globus_sdk.scopes.ScopeParser`.
///
/// A text is read as Globus Auth reads it. Scopes of the same name are one scope, wherever in the
/// text they are, with the dependencies of all of them. A dependency that is both required and
/// optional is required. The scopes are in the order in which they first appear in the text. The
/// time to read a text grows in proportion to its length (except for sorting the names), however
/// deeply it nests. A text of more than 4 MiB is refused, and so is a text that would become longer
/// than that when it is written out again.
///
/// @see https://docs.globus.org/api/auth/developer-guide/
class ScopeParser {
 public:
  /// The scopes that a text names; none for an empty text.
  /// @throws ScopeParseError when the text cannot be read; ScopeCycleError when a scope in it
  /// depends on itself, directly or through others.
  static std::vector<Scope> parse(Text scope_string);

  /// Merges two lists of scopes, or of texts of scopes: the result is what `parse` makes of all of
  /// them together.
  /// @throws ScopeParseError as `parse`.
  static std::vector<Scope> merge_scopes(const Strings& scopes_a, const Strings& scopes_b);

  /// Writes scopes, or texts of scopes, as one text for Globus Auth, with spaces between them. They
  /// are neither read nor merged.
  /// @throws GlobusSDKUsageError when there is none, unless `reject_empty` is false.
  static std::string serialize(const Strings& scopes, const SerializeScopesOptions& options = {});
};

}  // namespace globus_sdk::inline v0
