// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <concepts>
#include <iterator>
#include <optional>
#include <string>
#include <vector>

#include "globus_sdk/core/errors.hpp"
#include "globus_sdk/core/field.hpp"
#include "globus_sdk/core/json.hpp"
#include "globus_sdk/core/json_view.hpp"
#include "globus_sdk/gare/globus_authorization_parameters.hpp"

namespace globus_sdk::inline v0 {

/// A Globus Auth Requirements Error: a service did not do what it was asked to because the user's
/// session or consents do not suffice, and says what a new login has to bring. A value, and no
/// exception. Mirrors `globus_sdk.gare.GARE`.
struct GARE {
  /// The service's name for it, `ConsentRequired`.
  std::string code;
  /// What a login has to bring.
  GlobusAuthorizationParameters authorization_parameters{};
  /// An object: the document's other members.
  Field<Json> extra{};

  /// Reads a document in the present form; for those in older ones there is to_gare.
  ///
  /// @throws ValidationError when it is none.
  static GARE from_dict(const Json& data);

  /// The document in the present form.
  ///
  /// @throws ValidationError when an `extra` is to be included and is no object.
  Json to_dict(const ToDictOptions& options = {}) const;

  /// Whether both say the same.
  friend bool operator==(const GARE& a, const GARE& b) {
    return a.to_dict({.include_extra = true}) == b.to_dict({.include_extra = true});
  }
};

/// What may turn out to be a GARE: a service's error, one of the errors in it, or a JSON document.
/// A parameter type.
class AnyErrorDocument {
 public:
  // NOLINTBEGIN(google-explicit-constructor): a parameter type
  /// A service's error, and those that it holds.
  AnyErrorDocument(const GlobusAPIError& error);
  /// One of the errors that an answer holds.
  AnyErrorDocument(const ErrorSubdocument& error) : document_(error.raw) {}
  /// A document that was received.
  AnyErrorDocument(const JsonView& document) : document_(document) {}
  /// A document of one's own.
  AnyErrorDocument(const Json& document) : document_(document.view()) {}
  // NOLINTEND(google-explicit-constructor)

  /// The whole document; nothing where a service's error has none.
  const std::optional<JsonView>& document() const noexcept { return document_; }
  /// The errors that a service's error holds, but for the whole document itself.
  const std::vector<JsonView>& errors() const noexcept { return errors_; }

 private:
  std::optional<JsonView> document_;
  std::vector<JsonView> errors_{};
};

namespace detail {

/// A range of what may be GAREs; a JsonView of an array is one.
template <class R>
concept ErrorDocumentRange = requires(const R& range) {
  { *std::begin(range) } -> std::convertible_to<AnyErrorDocument>;
  std::end(range);
};

}  // namespace detail

/// The GARE that an error is; nothing when it is none. Besides the present form it knows the older
/// ones: Globus Auth's `dependent_consent_required`, Transfer's and the action providers'
/// `ConsentRequired`, and `authorization_parameters` as Auth, Flows and Globus Connect Server have
/// written them. Of several errors in a service's answer the first counts, the whole document
/// before all.
std::optional<GARE> to_gare(const AnyErrorDocument& error);

/// All GAREs among `errors`, in their order. A service's answer may hold several; where its whole
/// document is one too, that comes last of them.
std::vector<GARE> to_gares(const std::vector<AnyErrorDocument>& errors);

/// The same for any range of errors or documents.
template <detail::ErrorDocumentRange R> std::vector<GARE> to_gares(const R& errors) {
  std::vector<AnyErrorDocument> documents;
  for (const auto& error : errors) documents.emplace_back(error);
  return to_gares(documents);
}

/// Whether an error is a GARE, in any of the forms that to_gare knows.
bool is_gare(const AnyErrorDocument& error);

/// Whether one of `errors` is.
bool has_gares(const std::vector<AnyErrorDocument>& errors);

/// The same for any range of errors or documents.
template <detail::ErrorDocumentRange R> bool has_gares(const R& errors) {
  for (const auto& error : errors) {
    if (is_gare(error)) return true;
  }
  return false;
}

}  // namespace globus_sdk::inline v0
