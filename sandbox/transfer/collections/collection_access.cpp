// SPDX-License-Identifier: Apache-2.0
#include "sandbox/transfer/collections/collection_access.hpp"

#include <algorithm>
#include <array>
#include <boost/json.hpp>
#include <stdexcept>
#include <string_view>

#include "sandbox/transfer/requests/errors.hpp"

namespace globus_sandbox::transfer {

namespace json = boost::json;

namespace {

constexpr std::array<std::string_view, 4> entity_types{
    "GCP_mapped_collection", "GCP_guest_collection", "GCSv5_mapped_collection",
    "GCSv5_guest_collection"};
constexpr std::array<std::string_view, 3> lists{
    "session_required_identities", "session_required_single_domain", "session_required_policies"};
constexpr std::string_view message = "session_message";
constexpr std::string_view multi_factor = "session_required_mfa";

template <std::size_t Count>
bool contains(const std::array<std::string_view, Count>& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

[[noreturn]] void wrong(std::string_view name, std::string_view what) {
  throw std::invalid_argument("'" + std::string(name) + "' " + std::string(what));
}

bool is_list_of_texts(const json::value& value) {
  const json::array* list = value.if_array();
  return list && std::all_of(list->begin(), list->end(),
                             [](const json::value& each) { return each.is_string(); });
}

void check_parameter(std::string_view name, const json::value& value) {
  if (contains(lists, name) && !is_list_of_texts(value)) wrong(name, "must be a list of texts");
  if (name == message && !value.is_string()) wrong(name, "must be a text");
  if (name == multi_factor && !value.is_bool()) wrong(name, "must be true or false");
}

/// What a field says that is true, false, or null for nothing.
std::optional<bool> flag(std::string_view name, const json::value& value) {
  if (value.is_null()) return std::nullopt;
  if (!value.is_bool()) wrong(name, "must be true or false");
  return value.get_bool();
}

bool is_parameter(std::string_view name) {
  return contains(lists, name) || name == message || name == multi_factor;
}

bool asks_for_something(const json::value& value) {
  return value.is_bool() ? value.get_bool() : !value.as_array().empty();
}

}  // namespace

bool CollectionAccess::takes_data_access() const {
  return entity_type == "GCSv5_mapped_collection" && !high_assurance;
}

bool CollectionAccess::is_personal() const {
  return entity_type.starts_with("GCP_");
}

bool CollectionAccess::serves_https() const {
  return https.value_or(true);
}

bool CollectionAccess::shows_https() const {
  return https.value_or(!is_personal());
}

bool CollectionAccess::has_scope(std::string_view name) const {
  return name == "https" ? serves_https() : name == "data_access" && takes_data_access();
}

bool CollectionAccess::has_field(std::string_view name) {
  return name == "entity_type" || name == "high_assurance" ||
         name == "authentication_assurance_timeout" || name == "https" || name == "public" ||
         is_parameter(name);
}

void CollectionAccess::update(const json::object& document) {
  const CollectionAccess usual;
  for (const auto& [name, value] : document) {
    if (name == "entity_type") {
      if (!value.is_null() && (!value.is_string() || !contains(entity_types, value.get_string())))
        wrong(name, "is no type of a collection");
      entity_type = value.is_null() ? usual.entity_type : std::string(value.get_string());
    } else if (name == "high_assurance") {
      high_assurance = flag(name, value).value_or(false);
    } else if (name == "https") {
      https = flag(name, value);
    } else if (name == "public") {
      is_public = flag(name, value).value_or(false);
    } else if (name == "authentication_assurance_timeout") {
      if (!value.is_null() && (!value.is_int64() || value.get_int64() < 0))
        wrong(name, "must be a number of seconds");
      authentication_timeout = value.is_null() ? 0 : value.get_int64();
    } else if (is_parameter(name)) {
      if (!value.is_null()) check_parameter(name, value);
      parameters[name] = value;
      if (value.is_null()) parameters.erase(name);
    }
  }
}

json::object CollectionAccess::to_document() const {
  json::object document = parameters;
  document["entity_type"] = entity_type;
  document["high_assurance"] = high_assurance;
  document["authentication_assurance_timeout"] =
      authentication_timeout == 0 ? json::value(nullptr) : json::value(authentication_timeout);
  document["https"] = https ? json::value(*https) : json::value(nullptr);
  document["public"] = is_public;
  return document;
}

void require_session(const CollectionAccess& access, const Caller& caller,
                     const Directory& directory, const std::string& code) {
  json::object asked{{message, "Session reauthentication required (Globus Transfer)"},
                     {"session_required_identities", json::array{}},
                     {multi_factor, false}};
  bool asks = access.authentication_timeout > 0;
  for (const auto& [name, value] : access.parameters) {
    asked[name] = value;
    asks = asks || (name != message && asks_for_something(value));
  }
  if (!asks) return;
  const std::chrono::seconds timeout{access.authentication_timeout};
  const Instant since = timeout.count() > 0 ? current_time() - timeout : Instant{};
  if (directory.meets(caller, asked, since)) return;
  // what was proved long ago has to be proved anew, which nothing else would bring about
  if (access.authentication_timeout > 0) asked["prompt"] = "login";
  throw ServiceError(403, code,
                     "Command Failed: Error (login)\nMessage: Login Failed\n---\nDetails: "
                     "the session's identities do not meet the collection's policies",
                     {{"authorization_parameters", std::move(asked)}});
}

}  // namespace globus_sandbox::transfer
