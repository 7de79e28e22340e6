// SPDX-License-Identifier: Apache-2.0
#include "gare/document_reader.hpp"

#include <algorithm>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <utility>
#include <vector>

#include "globus_sdk/core/errors.hpp"

namespace globus_sdk::inline v0::detail {

namespace {

std::vector<std::string> split_at_commas(std::string_view text) {
  std::vector<std::string> parts;
  for (;;) {
    const auto comma = text.find(',');
    parts.emplace_back(text.substr(0, comma));
    if (comma == std::string_view::npos) return parts;
    text.remove_prefix(comma + 1);
  }
}

bool is_list_of_texts(const JsonView& value) {
  return value.is_array() &&
         std::all_of(value.begin(), value.end(), [](const JsonView& v) { return v.is_string(); });
}

}  // namespace

void throw_invalid(std::string_view name, std::string_view must_be) {
  throw ValidationError(std::string(name) + " must be " + std::string(must_be));
}

DocumentReader::DocumentReader(JsonView document) : document_(std::move(document)) {
  if (!document_.is_object()) throw_invalid("the document", "an object");
}

std::optional<JsonView> DocumentReader::take(std::string_view name) {
  taken_.emplace(name);
  auto member = document_.get(name);
  if (member && member->is_null()) member.reset();
  return member;
}

std::string DocumentReader::text(std::string_view name) {
  const auto member = take(name);
  if (!member || !member->is_string()) throw_invalid(name, "a string");
  return member->as<std::string>();
}

Field<std::string> DocumentReader::optional_text(std::string_view name) {
  const auto member = take(name);
  if (!member) return {};
  if (!member->is_string()) throw_invalid(name, "a string or null");
  return member->as<std::string>();
}

Field<bool> DocumentReader::optional_flag(std::string_view name) {
  const auto member = take(name);
  if (!member) return {};
  if (!member->is_bool()) throw_invalid(name, "true, false or null");
  return member->as<bool>();
}

Strings DocumentReader::texts(std::string_view name) {
  const auto member = take(name);
  if (!member || !is_list_of_texts(*member)) throw_invalid(name, "a list of strings");
  return Strings(*member);
}

Field<Strings> DocumentReader::optional_texts(std::string_view name) {
  const auto member = take(name);
  if (!member) return {};
  if (!is_list_of_texts(*member)) throw_invalid(name, "a list of strings or null");
  return Strings(*member);
}

Field<Strings> DocumentReader::optional_texts_or_commas(std::string_view name) {
  const auto member = take(name);
  if (member && member->is_string()) return Strings(split_at_commas(*member));
  return optional_texts(name);
}

Field<Strings> DocumentReader::texts_if_such(std::string_view name) {
  const auto member = document_.get(name);
  if (!member || !is_list_of_texts(*member)) return {};
  return texts(name);
}

JsonView DocumentReader::object(std::string_view name) {
  const auto member = take(name);
  if (!member || !member->is_object()) throw_invalid(name, "an object");
  return *member;
}

Field<Json> DocumentReader::rest() const {
  boost::json::object rest;
  for (const auto& [key, value] : document_.items()) {
    if (!taken_.contains(key)) rest.emplace(key, Json(value).value());
  }
  if (rest.empty()) return {};
  return Json(rest);
}

}  // namespace globus_sdk::inline v0::detail
