// SPDX-License-Identifier: Apache-2.0
#include "core/json/json_surrogates.hpp"

#include <charconv>
#include <cstdint>

#include "core/base/utf8.hpp"

namespace globus_sdk::inline v0::detail {

namespace {

constexpr std::size_t escape_size = 6;  // of `\udce9`

/// The code that an escape at the beginning of `text` has; nothing where there is no such escape.
std::optional<char32_t> escaped_code(std::string_view text) {
  if (text.size() < escape_size || !text.starts_with("\\u")) return std::nullopt;
  std::uint32_t code = 0;
  const char* end = text.data() + escape_size;
  const auto read = std::from_chars(text.data() + 2, end, code, 16);
  if (read.ec != std::errc() || read.ptr != end) return std::nullopt;
  return code;
}

bool is_first_half(std::optional<char32_t> code) {
  return code && *code >= 0xD800 && *code < 0xDC00;
}
bool is_second_half(std::optional<char32_t> code) {
  return code && *code >= 0xDC00 && *code <= 0xDFFF;
}

}  // namespace

std::optional<std::string> with_surrogates_as_bytes(std::string_view text) {
  std::string written;
  std::size_t done = 0;  // how much of the text is in `written`
  for (std::size_t at = text.find('\\'); at < text.size(); at = text.find('\\', at)) {
    const auto code = escaped_code(text.substr(at));
    if (!code) {
      at += 2;  // a backslash may follow one
    } else if (is_first_half(code) && is_second_half(escaped_code(text.substr(at + escape_size)))) {
      at += 2 * escape_size;
    } else {
      if (is_surrogate(*code)) {
        written.append(text.substr(done, at - done));
        append_utf8(written, *code);
        done = at + escape_size;
      }
      at += escape_size;
    }
  }
  if (done == 0) return std::nullopt;
  written.append(text.substr(done));
  return written;
}

}  // namespace globus_sdk::inline v0::detail
