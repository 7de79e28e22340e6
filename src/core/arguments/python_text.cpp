// SPDX-License-Identifier: Apache-2.0
#include "core/arguments/python_text.hpp"

#include <array>
#include <charconv>

#include "globus_sdk/core/json.hpp"

namespace globus_sdk::inline v0::detail {

namespace {

/// The shortest text that reads back as the same number, with a `.0` where it would look whole.
std::string number_text(double number) {
  std::array<char, 64> buffer{};
  const auto result = std::to_chars(buffer.data(), buffer.data() + buffer.size(), number);
  std::string text(buffer.data(), result.ptr);
  if (text.find_first_of(".en") == std::string::npos) text += ".0";
  return text;
}

}  // namespace

std::string python_text(const boost::json::value& value) {
  if (const auto* text = value.if_string()) return std::string(std::string_view(*text));
  if (const auto* flag = value.if_bool()) return *flag ? "True" : "False";
  if (const auto* number = value.if_double()) return number_text(*number);
  if (value.is_null()) return "None";
  return serialize(value);
}

}  // namespace globus_sdk::inline v0::detail
