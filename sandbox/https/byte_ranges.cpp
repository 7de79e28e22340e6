// SPDX-License-Identifier: Apache-2.0
#include "sandbox/https/byte_ranges.hpp"

#include <algorithm>
#include <charconv>
#include <limits>

#include "sandbox/base/text.hpp"
#include "sandbox/https/list_header.hpp"

namespace globus_sandbox::https {

namespace {

constexpr std::size_t most_ranges = 1000;

/// A number without a sign; one that is too large is the largest that there is.
std::optional<std::uint64_t> read_number(std::string_view digits) {
  if (digits.empty() || digits.find_first_not_of("0123456789") != std::string_view::npos)
    return std::nullopt;
  std::uint64_t number = 0;
  const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  return read.ec == std::errc{} ? number : std::numeric_limits<std::uint64_t>::max();
}

/// One range of a header.
struct WantedRange {
  bool is_well_formed = false;
  std::optional<ByteRange> there{};  ///< what the file has of it, if anything
};

/// `-500`: the last 500 bytes.
WantedRange read_suffix(std::string_view digits, std::uint64_t file_size) {
  const auto wanted = read_number(digits);
  // The last bytes of an empty file are all that it has, and no Content-Range can say so: the
  // header is ignored.
  if (!wanted || (file_size == 0 && *wanted > 0)) return {};
  const auto size = std::min(*wanted, file_size);
  if (size == 0) return {true};
  return {true, ByteRange{file_size - size, size}};
}

/// `0-499`, or `500-` for all from there on.
WantedRange read_range(std::string_view text, std::uint64_t file_size) {
  const auto dash = text.find('-');
  if (dash == std::string_view::npos) return {};
  if (dash == 0) return read_suffix(text.substr(1), file_size);
  const auto first = read_number(text.substr(0, dash));
  const bool is_open = dash + 1 == text.size();
  const auto last =
      is_open ? std::numeric_limits<std::uint64_t>::max() : read_number(text.substr(dash + 1));
  if (!first || !last || *last < *first) return {};
  if (*first >= file_size) return {true};
  return {true, ByteRange{*first, std::min(*last, file_size - 1) - *first + 1}};
}

}  // namespace

std::optional<std::vector<ByteRange>> read_byte_ranges(std::string_view header,
                                                       std::uint64_t file_size) {
  const auto equals = header.find('=');
  if (equals == std::string_view::npos || lower_case(header.substr(0, equals)) != "bytes")
    return std::nullopt;
  const auto elements = list_elements(header.substr(equals + 1));
  if (elements.empty() || elements.size() > most_ranges) return std::nullopt;
  std::vector<ByteRange> ranges;
  for (const auto element : elements) {
    const auto wanted = read_range(element, file_size);
    if (!wanted.is_well_formed) return std::nullopt;
    if (wanted.there) ranges.push_back(*wanted.there);
  }
  return ranges;
}

}  // namespace globus_sandbox::https
