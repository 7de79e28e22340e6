// SPDX-License-Identifier: Apache-2.0
#include "globus_sdk/core/json_member.hpp"

#include <ostream>

#include "core/base/iso8601.hpp"
#include "globus_sdk/core/globus_error.hpp"
#include "globus_sdk/core/json.hpp"

namespace globus_sdk::inline v0::detail {

JsonView require_object(const JsonView& view) {
  static_cast<void>(view.items());  // throws for other kinds
  return view;
}

const char* name_in(const JsonView& document, const char* name, const char* other_name) {
  return document.contains(other_name) && !document.contains(name) ? other_name : name;
}

void throw_no_value(const char* name) {
  throw JsonError(
      "the document has no value for \"" + std::string(name) +
      "\": it is missing, null, or of a form that cannot be read; ask has_value() first");
}

std::optional<std::chrono::sys_seconds> read_time(const JsonView& text) {
  const auto moment = parse_iso8601(text);
  if (!moment) return std::nullopt;
  return std::chrono::floor<std::chrono::seconds>(*moment);
}

std::string member_text(std::int64_t number) {
  return std::to_string(number);
}

std::string member_text(double number) {
  return Json(number).dump();
}

std::string member_text(bool flag) {
  return flag ? "true" : "false";
}

std::string member_text(std::chrono::sys_seconds time) {
  return format_iso8601_seconds(time);
}

std::string member_text(const JsonView& view) {
  return view.is_string() ? view.str() : view.dump();
}

std::ostream& print(std::ostream& out, std::string_view text) {
  return out << text;
}

}  // namespace globus_sdk::inline v0::detail
