// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "globus_sdk/core/argument_kinds.hpp"
#include "globus_sdk/core/text.hpp"

namespace globus_sdk::inline v0 {

/// A number or the text of one, as a parameter: where Python takes `int | str`.
class IntegerOrText {
 public:
  // NOLINTBEGIN(google-explicit-constructor): a parameter type
  template <detail::Integer I> IntegerOrText(I number) : text_(std::to_string(number)) {}
  template <detail::TextLike T> IntegerOrText(const T& text) : text_(detail::text_of(text)) {}
  // NOLINTEND(google-explicit-constructor)

  /// The text that a request contains.
  const std::string& text() const noexcept { return text_; }

 private:
  std::string text_;
};

}  // namespace globus_sdk::inline v0
