// SPDX-License-Identifier: Apache-2.0
#include "globus_sdk/core/headers.hpp"

#include <algorithm>
#include <string_view>

#include "core/base/ascii.hpp"

namespace globus_sdk::inline v0 {

namespace {

/// An answer's fields fit in it, mostly; and it fits in what malloc gives without a search.
constexpr std::size_t usual_count = 12;

auto named(std::string_view name) {
  return
      [name](const Headers::value_type& field) { return detail::ascii_equal(field.first, name); };
}

}  // namespace

Headers::Headers(std::initializer_list<std::pair<Text, Text>> fields) {
  fields_.reserve(fields.size());
  for (const auto& [name, value] : fields) add(name, value);
}

std::optional<std::string> Headers::get(Text name) const {
  const auto field = std::ranges::find_if(fields_, named(name));
  if (field == fields_.end()) return std::nullopt;
  return field->second;
}

std::vector<std::string> Headers::all(Text name) const {
  std::vector<std::string> values;
  for (const value_type& field : fields_) {
    if (detail::ascii_equal(field.first, name)) values.push_back(field.second);
  }
  return values;
}

bool Headers::contains(Text name) const noexcept {
  return std::ranges::any_of(fields_, named(name));
}

void Headers::add(Text name, Text value) {
  if (fields_.capacity() == 0) fields_.reserve(usual_count);
  fields_.emplace_back(name.view(), value.view());
}

void Headers::set(Text name, Text value) {
  // The texts may be a field's own, which the removal below would end.
  value_type field(name.str(), value.str());
  const auto first = std::ranges::find_if(fields_, named(field.first));
  if (first == fields_.end()) {
    fields_.push_back(std::move(field));
    return;
  }
  fields_.erase(std::remove_if(first + 1, fields_.end(), named(field.first)), fields_.end());
  *first = std::move(field);
}

void Headers::remove(Text name) {
  const std::string kept = name.str();
  std::erase_if(fields_, named(kept));
}

}  // namespace globus_sdk::inline v0
