// SPDX-License-Identifier: Apache-2.0
#include "globus_sdk/token_storage/token_storage_data.hpp"

#include <boost/json/value.hpp>
#include <ostream>

#include "core/base/wipe.hpp"
#include "globus_sdk/core/errors.hpp"
#include "token_storage/stored_form.hpp"

namespace globus_sdk::inline v0 {

namespace {

namespace json = boost::json;

[[noreturn]] void refuse(std::string_view name, const char* kind) {
  throw ValidationError("'" + std::string(name) + "' must be " + kind);
}

/// An empty text is none: that is how some writers store what there is not.
std::optional<std::string> optional_text(const json::object& data, std::string_view name) {
  const json::value* member = data.if_contains(name);
  if (member == nullptr || member->is_null()) return std::nullopt;
  if (!member->is_string()) refuse(name, "a string or null");
  if (member->get_string().empty()) return std::nullopt;
  return std::string(member->get_string());
}

std::string text(const json::object& data, std::string_view name) {
  const json::value* member = data.if_contains(name);
  if (member == nullptr || !member->is_string()) refuse(name, "a string");
  return std::string(member->get_string());
}

std::int64_t integer(const json::object& data, std::string_view name) {
  const json::value* member = data.if_contains(name);
  if (member == nullptr || !member->is_int64()) refuse(name, "an integer");
  return member->get_int64();
}

bool is_known(std::string_view name) {
  return name == "resource_server" || name == "identity_id" || name == "scope" ||
         name == "access_token" || name == "refresh_token" || name == "expires_at_seconds" ||
         name == "token_type";
}

Json unknown_members(const json::object& data) {
  json::object unknown;
  for (const auto& member : data) {
    if (!is_known(member.key())) unknown.emplace(member.key(), member.value());
  }
  return unknown.empty() ? Json() : Json(unknown);
}

void add(json::object& object, std::string_view name, const std::optional<std::string>& value) {
  if (detail::has_text(value)) object.emplace(name, *value);
}

}  // namespace

TokenStorageData::~TokenStorageData() {
  detail::wipe(access_token);
  if (refresh_token) detail::wipe(*refresh_token);
}

TokenStorageData TokenStorageData::from_dict(const Json& data) {
  if (!data.is_object()) throw ValidationError("token data must be a JSON object");
  const json::object& object = data.value().get_object();
  TokenStorageData result;
  result.resource_server = text(object, "resource_server");
  result.identity_id = optional_text(object, "identity_id");
  result.scope = text(object, "scope");
  result.access_token = text(object, "access_token");
  result.refresh_token = optional_text(object, "refresh_token");
  result.expires_at_seconds = integer(object, "expires_at_seconds");
  result.token_type = optional_text(object, "token_type");
  result.extra = unknown_members(object);
  return result;
}

Json TokenStorageData::to_dict(bool include_extra) const {
  json::object object;
  object.emplace("resource_server", resource_server);
  add(object, "identity_id", identity_id);
  object.emplace("scope", scope);
  object.emplace("access_token", access_token);
  add(object, "refresh_token", refresh_token);
  object.emplace("expires_at_seconds", expires_at_seconds);
  add(object, "token_type", token_type);
  if (include_extra && extra.is_object()) {
    for (const auto& member : extra.value().get_object()) {
      object.insert_or_assign(member.key(), member.value());
    }
  }
  return Json(object);
}

std::ostream& TokenStorageData::print(std::ostream& out) const {
  out << "token for " << resource_server << " (" << scope << "), expires at " << expires_at_seconds;
  return out << (detail::has_text(refresh_token) ? ", with a refresh token" : "");
}

}  // namespace globus_sdk::inline v0
