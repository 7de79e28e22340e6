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

/// A Globus Auth Requirements Error: a service refused a request because the user's session or
/// consents do not suffice. It says what a new login must bring. It is a value, not an exception.
/// Mirrors `globus_sdk.gare.GARE`.
struct GARE {
  /// The service's name for the error, for example `ConsentRequired`.
  std::string code;
  /// What a login must bring.
  GlobusAuthorizationParameters authorization_parameters{};
  /// An object: the document's other members.
  Field<Json> extra{};

  /// Reads a document in the present form. For the older forms use to_gare.
  ///
  /// @throws ValidationError when the document is not a GARE.
  static GARE from_dict(const Json& data);

  /// The document in the present form.
  ///
  /// @throws ValidationError when `extra` is to be included and is no object.
  Json to_dict(const ToDictOptions& options = {}) const;

  /// Whether both say the same.
  friend bool operator==(const GARE& a, const GARE& b) {
    return a.to_dict({.include_extra = true}) == b.to_dict({.include_extra = true});
  }
};

/// A document that may be a GARE: a service's error, one of the errors in it, or a JSON document.
/// It is a type for parameters.
class AnyErrorDocument {
 public:
  // NOLINTBEGIN(google-explicit-constructor): a parameter type
  /// A service's error, with the errors that it holds.
  AnyErrorDocument(const GlobusAPIError& error);
  /// One of the errors that an answer holds.
  AnyErrorDocument(const ErrorSubdocument& error) : document_(error.raw) {}
  /// A document that was received.
  AnyErrorDocument(const JsonView& document) : document_(document) {}
  /// A document of your own.
  AnyErrorDocument(const Json& document) : document_(document.view()) {}
  // NOLINTEND(google-explicit-constructor)

  /// The whole document; nothing where a service's error has none.
  const std::optional<JsonView>& document() const noexcept { return document_; }
  /// The errors that a service's error holds, without the whole document itself.
  const std::vector<JsonView>& errors() const noexcept { return errors_; }

 private:
  std::optional<JsonView> document_;
  std::vector<JsonView> errors_{};
};

namespace detail {

/// A range of documents that may be GAREs; a JsonView of an array is such a range.
template <class R>
concept ErrorDocumentRange = requires(const R& range) {
  { *std::begin(range) } -> std::convertible_to<AnyErrorDocument>;
  std::end(range);
};

}  // namespace detail

/// Reads an error as a GARE; nothing when it is not a GARE. Besides the present form it reads the
/// older ones: Globus Auth's `dependent_consent_required`, Transfer's and the action providers'
/// `ConsentRequired`, and `authorization_parameters` as Auth, Flows and Globus Connect Server have
/// written them. A service's answer may hold several: then the whole document is tried first, and
/// after it the errors in their order.
std::optional<GARE> to_gare(const AnyErrorDocument& error);

/// All GAREs among `errors`, in their order. A service's answer may hold several. If its whole
/// document is a GARE too, that one comes last of them.
std::vector<GARE> to_gares(const std::vector<AnyErrorDocument>& errors);

/// The same for any range of errors or documents.
template <detail::ErrorDocumentRange R> std::vector<GARE> to_gares(const R& errors) {
  std::vector<AnyErrorDocument> documents;
  for (const auto& error : errors) documents.emplace_back(error);
  return to_gares(documents);
}

/// Whether an error is a GARE, in any of the forms that to_gare knows.
bool is_gare(const AnyErrorDocument& error);

/// Whether one of `errors` is a GARE.
bool has_gares(const std::vector<AnyErrorDocument>& errors);

/// The same for any range of errors or documents.
template <detail::ErrorDocumentRange R> bool has_gares(const R& errors) {
  for (const auto& error : errors) {
    if (is_gare(error)) return true;
  }
  return false;
}

}  // namespace globus_sdk::inline v0
