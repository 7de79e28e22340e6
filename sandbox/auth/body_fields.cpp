// SPDX-License-Identifier: Apache-2.0
#include "sandbox/auth/body_fields.hpp"

#include <boost/json.hpp>

#include "sandbox/auth/errors.hpp"
#include "sandbox/base/uuid.hpp"

namespace globus_sandbox::auth {

namespace json = boost::json;

namespace {

/// The field, unless it is missing or null.
const json::value* given(const json::object& document, std::string_view name) {
  const json::value* value = document.if_contains(name);
  return value && !value->is_null() ? value : nullptr;
}

[[noreturn]] void refuse(std::string_view name, std::string_view why) {
  throw bad_parameter("'" + std::string(name) + "' " + std::string(why));
}

}  // namespace

json::object read_document(const HttpRequest& request, std::string_view name) {
  boost::system::error_code error;
  const json::value document = json::parse(request.body, error);
  const json::object* outer = error ? nullptr : document.if_object();
  const json::value* inner = outer ? outer->if_contains(name) : nullptr;
  if (!inner || !inner->is_object())
    throw bad_parameter("The body must be a JSON object with an object '" + std::string(name) +
                        "'");
  return inner->as_object();
}

std::string text_field(const json::object& document, std::string_view name) {
  const json::value* value = given(document, name);
  if (!value) return {};
  if (!value->is_string()) refuse(name, "must be a string");
  return std::string(value->as_string());
}

std::string required_text(const json::object& document, std::string_view name) {
  std::string text = text_field(document, name);
  if (text.empty()) refuse(name, "is missing");
  return text;
}

std::string uuid_field(const json::object& document, std::string_view name) {
  std::string text = text_field(document, name);
  if (!text.empty() && !is_uuid(text)) refuse(name, "must be a UUID");
  return canonical_uuid(text);
}

std::vector<std::string> list_field(const json::object& document, std::string_view name) {
  const json::value* value = given(document, name);
  if (!value) return {};
  if (!value->is_array()) refuse(name, "must be a list");
  std::vector<std::string> result;
  for (const auto& item : value->as_array()) {
    if (!item.is_string()) refuse(name, "must be a list of strings");
    result.emplace_back(item.as_string());
  }
  return result;
}

bool flag_field(const json::object& document, std::string_view name, bool fallback) {
  const json::value* value = given(document, name);
  if (!value) return fallback;
  if (!value->is_bool()) refuse(name, "must be true or false");
  return value->as_bool();
}

bool has_field(const json::object& document, std::string_view name) {
  return document.contains(name);
}

json::array to_array(const std::vector<std::string>& texts) {
  json::array result;
  for (const auto& text : texts) result.emplace_back(text);
  return result;
}

}  // namespace globus_sandbox::auth
