// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <concepts>
#include <initializer_list>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "globus_sdk/core/json.hpp"
#include "globus_sdk/core/text.hpp"

namespace globus_sdk::inline v0 {

/// A listing's filter: where Python takes `str | dict | list[str | dict]`.
///
///     .filter = "name:~*.csv"                                     one filter, as it is
///     .filter = {{"name", {"a.txt", "b*"}}, {"type", "file"}}     name:a.txt,b*/type:file
///     .filter = {"name:~x", "size:>1024"}                         two filters
///     .filter = {{{"name", "~x"}}, "size:>1024"}                  two filters, one in clauses
///
/// The values of a clause may also be integers. Anything else, a list in a list for example, throws
/// GlobusSDKUsageError.
class Filter {
 public:
  using BraceElement = Json;

  /// One filter, as the service reads it.
  template <detail::PlainText T>
  // NOLINTNEXTLINE(google-explicit-constructor): `.filter = "name:~*.csv"`
  Filter(const T& text) : values_(1, std::string(detail::text_of(text))) {}

  /// The clauses of one filter, or several filters: see the description of the class.
  Filter(std::initializer_list<Json> elements);

  /// The same forms as JSON: a JsonView, a Json, a vector, a map.
  template <class T>
    requires(std::convertible_to<const T&, Json> && !detail::PlainText<T>)
  // NOLINTNEXTLINE(google-explicit-constructor): every form of one argument
  Filter(const T& json) : Filter(AsJson{}, Json(json)) {}

  /// One string for each `filter` parameter of the request.
  const std::vector<std::string>& values() const& noexcept { return values_; }
  /// The same for a temporary object.
  std::vector<std::string> values() && noexcept { return std::move(values_); }

 private:
  struct AsJson {};
  Filter(AsJson, const Json& json);

  std::vector<std::string> values_{};
};

}  // namespace globus_sdk::inline v0
