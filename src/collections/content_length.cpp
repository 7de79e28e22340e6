// SPDX-License-Identifier: Apache-2.0
#include "collections/content_length.hpp"

#include <charconv>

#include "core/base/ascii.hpp"

namespace globus_sdk::inline v0::detail {

std::optional<std::int64_t> read_byte_count(std::string_view text) {
  // from_chars would take a minus
  if (text.empty() || text.front() == '-') return std::nullopt;
  std::int64_t count = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), count);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return count;
}

std::optional<std::int64_t> content_length(const Headers& headers) {
  const auto text = headers.get("Content-Length");
  return text ? read_byte_count(*text) : std::nullopt;
}

std::optional<std::int64_t> read_unsatisfied_range(std::string_view value) {
  constexpr std::string_view beginning = "bytes */";
  if (!ascii_equal(value.substr(0, beginning.size()), beginning)) return std::nullopt;
  return read_byte_count(value.substr(beginning.size()));
}

}  // namespace globus_sdk::inline v0::detail
