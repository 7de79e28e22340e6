// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "globus_sdk/core/field.hpp"
#include "globus_sdk/core/json.hpp"
#include "globus_sdk/core/json_view.hpp"
#include "globus_sdk/core/strings.hpp"

namespace globus_sdk::inline v0::detail {

/// Takes the members of a JSON object that are known, each of its kind, and then has the rest. A
/// member that is null is as good as absent. Everything throws ValidationError.
class DocumentReader {
 public:
  explicit DocumentReader(JsonView document);

  std::string text(std::string_view name);
  Field<std::string> optional_text(std::string_view name);
  Field<bool> optional_flag(std::string_view name);
  Strings texts(std::string_view name);
  Field<Strings> optional_texts(std::string_view name);
  /// A list of texts, or one text with commas between them.
  Field<Strings> optional_texts_or_commas(std::string_view name);
  /// Nothing, and the member is left where it is, when it is no list of texts.
  Field<Strings> texts_if_such(std::string_view name);
  JsonView object(std::string_view name);
  /// The member, whatever it is; nothing where it is absent or null.
  std::optional<JsonView> take(std::string_view name);

  /// The members that nobody has taken; unset where there are none.
  Field<Json> rest() const;

 private:
  JsonView document_;
  std::set<std::string, std::less<>> taken_{};
};

/// Throws ValidationError: `name` is not what it must be.
[[noreturn]] void throw_invalid(std::string_view name, std::string_view must_be);

}  // namespace globus_sdk::inline v0::detail
