// SPDX-License-Identifier: Apache-2.0
#include "collections/part_state.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <fstream>
#include <utility>

#include "globus_sdk/core/globus_error.hpp"
#include "globus_sdk/core/json.hpp"

namespace globus_sdk::inline v0::detail {

namespace {

namespace json = boost::json;

// counts up when an older program would misread the document
constexpr std::int64_t format = 1;

json::value optional_text(const std::optional<std::string>& text) {
  return text ? json::value(*text) : json::value(nullptr);
}

std::optional<std::string> text_in(const json::object& document, std::string_view key) {
  const json::value* member = document.if_contains(key);
  if (member == nullptr || !member->is_string()) return std::nullopt;
  return std::string(member->get_string());
}

std::optional<std::int64_t> number_in(const json::value* value) {
  if (value == nullptr || !value->is_int64() || value->get_int64() < 0) return std::nullopt;
  return value->get_int64();
}

bool is_true(const json::object& document, std::string_view key) {
  const json::value* member = document.if_contains(key);
  return member != nullptr && member->is_bool() && member->get_bool();
}

json::array array_of(const ByteRanges& ranges) {
  json::array array;
  for (const FilePart& part : ranges.parts()) {
    array.push_back(json::array{part.offset, part.end()});
  }
  return array;
}

/// Nothing unless each element is a part of a file of that size.
std::optional<ByteRanges> ranges_of(const json::value* value, std::int64_t size) {
  if (value == nullptr || !value->is_array()) return std::nullopt;
  ByteRanges ranges;
  for (const json::value& element : value->get_array()) {
    if (!element.is_array() || element.get_array().size() != 2) return std::nullopt;
    const auto begin = number_in(&element.get_array()[0]);
    const auto end = number_in(&element.get_array()[1]);
    if (!begin || !end || *end < *begin || *end > size) return std::nullopt;
    ranges.add({*begin, *end - *begin});
  }
  return ranges;
}

std::optional<PartState> state_of(const json::object& document) {
  if (number_in(document.if_contains("format")) != format) return std::nullopt;
  PartState state;
  state.of = {text_in(document, "collection_id").value_or(""),
              text_in(document, "path").value_or(""), text_in(document, "query").value_or("")};
  state.file = {text_in(document, "etag"), text_in(document, "last_modified"),
                is_true(document, "is_date_strong"), number_in(document.if_contains("size"))};
  if (!state.file.size) return std::nullopt;
  auto done = ranges_of(document.if_contains("done"), *state.file.size);
  if (!done) return std::nullopt;
  state.done = *std::move(done);
  state.is_synced = is_true(document, "is_synced");
  state.boot_id = text_in(document, "boot_id").value_or("");
  return state;
}

}  // namespace

std::string current_boot_id() {
  std::ifstream file("/proc/sys/kernel/random/boot_id");
  std::string id;
  std::getline(file, id);
  return id;
}

std::string write_part_state(const PartState& state) {
  json::object document;
  document["format"] = format;
  document["collection_id"] = state.of.collection_id;
  document["path"] = state.of.path;
  document["query"] = state.of.query;
  document["etag"] = optional_text(state.file.etag);
  document["last_modified"] = optional_text(state.file.last_modified);
  document["is_date_strong"] = state.file.is_date_strong;
  document["size"] = state.file.size.value_or(0);
  document["done"] = array_of(state.done);
  document["is_synced"] = state.is_synced;
  document["boot_id"] = state.boot_id;
  return Json(json::value(std::move(document))).dump() + '\n';
}

std::optional<PartState> read_part_state(std::string_view document) {
  try {
    const Json parsed = Json::parse(document);
    const json::object* object = parsed.value().if_object();
    return object == nullptr ? std::nullopt : state_of(*object);
  } catch (const GlobusError&) {
    return std::nullopt;
  }
}

bool is_usable(const PartState& state, const DownloadedFile& of, const std::string& boot_id) {
  const bool is_on_disk = state.is_synced || (!boot_id.empty() && state.boot_id == boot_id);
  return state.of == of && is_on_disk && can_be_told_again(state.file);
}

}  // namespace globus_sdk::inline v0::detail
