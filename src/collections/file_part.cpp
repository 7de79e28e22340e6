// SPDX-License-Identifier: Apache-2.0
#include "collections/file_part.hpp"

#include <charconv>
#include <limits>
#include <system_error>

#include "core/base/ascii.hpp"

namespace globus_sdk::inline v0::detail {

namespace {

/// Takes digits from the beginning of a text.
std::optional<std::int64_t> take_number(std::string_view& text) {
  // from_chars would take a minus
  if (text.empty() || text.front() < '0' || text.front() > '9') return std::nullopt;
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc()) return std::nullopt;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  return number;
}

bool take(std::string_view& text, char expected) {
  if (text.empty() || text.front() != expected) return false;
  text.remove_prefix(1);
  return true;
}

}  // namespace

std::string range_text(const FilePart& part) {
  return "bytes=" + std::to_string(part.offset) + '-' + std::to_string(part.end() - 1);
}

std::optional<ContentRange> read_content_range(std::string_view value) {
  constexpr std::string_view unit = "bytes ";
  if (!ascii_starts_with(value, unit)) return std::nullopt;
  std::string_view rest = value.substr(unit.size());
  const auto first = take_number(rest);
  if (!first || !take(rest, '-')) return std::nullopt;
  const auto last = take_number(rest);
  if (!last || !take(rest, '/')) return std::nullopt;
  if (*last < *first || *last == std::numeric_limits<std::int64_t>::max()) return std::nullopt;
  ContentRange range{.part = {*first, *last - *first + 1}, .file_size = std::nullopt};
  if (rest == "*") return range;
  range.file_size = take_number(rest);
  if (!range.file_size || !rest.empty() || *range.file_size <= *last) return std::nullopt;
  return range;
}

}  // namespace globus_sdk::inline v0::detail
