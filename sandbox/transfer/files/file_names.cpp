// SPDX-License-Identifier: Apache-2.0
#include "sandbox/transfer/files/file_names.hpp"

#include <cstddef>

namespace globus_sandbox::transfer {

namespace {

constexpr std::string_view replacement = "\xEF\xBF\xBD";  // U+FFFD

unsigned char byte_at(std::string_view text, std::size_t index) {
  return static_cast<unsigned char>(text[index]);
}

/// Length of the UTF-8 sequence that begins at `index`; 0 when there is none.
std::size_t sequence_length(std::string_view text, std::size_t index) {
  const unsigned first = byte_at(text, index);
  if (first < 0x80) return 1;
  const std::size_t length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
  if (first < 0xC2 || first > 0xF4 || index + length > text.size()) return 0;
  for (std::size_t i = 1; i < length; ++i)
    if ((byte_at(text, index + i) & 0xC0U) != 0x80) return 0;
  const unsigned second = byte_at(text, index + 1);
  const bool is_overlong = (first == 0xE0 && second < 0xA0) || (first == 0xF0 && second < 0x90);
  const bool is_outside = (first == 0xED && second >= 0xA0) || (first == 0xF4 && second >= 0x90);
  return is_overlong || is_outside ? 0 : length;
}

void append_latin1(std::string& text, unsigned char byte) {
  if (byte < 0x80) {
    text += static_cast<char>(byte);
    return;
  }
  text += static_cast<char>(0xC0U | (byte >> 6U));
  text += static_cast<char>(0x80U | (byte & 0x3FU));
}

std::string component_to_document(std::string_view bytes) {
  if (is_utf8(bytes)) return std::string(bytes);
  std::string result(replacement);
  for (const char byte : bytes) append_latin1(result, static_cast<unsigned char>(byte));
  return result;
}

std::string component_from_document(std::string_view name) {
  if (!name.starts_with(replacement)) return std::string(name);
  const auto rest = name.substr(replacement.size());
  std::string bytes;
  for (std::size_t i = 0; i < rest.size();) {
    const unsigned first = byte_at(rest, i);
    if (first < 0x80) {
      bytes += rest[i++];
      continue;
    }
    if ((first != 0xC2 && first != 0xC3) || i + 1 >= rest.size()) return std::string(name);
    bytes += static_cast<char>(((first & 3U) << 6U) | (byte_at(rest, i + 1) & 0x3FU));
    i += 2;
  }
  // what is UTF-8 was never shown in this way: the name itself begins with U+FFFD
  return is_utf8(bytes) ? std::string(name) : bytes;
}

template <class Convert> std::string for_each_component(std::string_view path, Convert convert) {
  std::string result;
  for (;;) {
    const auto slash = path.find('/');
    result += convert(path.substr(0, slash));
    if (slash == std::string_view::npos) return result;
    result += '/';
    path.remove_prefix(slash + 1);
  }
}

}  // namespace

bool is_utf8(std::string_view bytes) {
  for (std::size_t i = 0; i < bytes.size();) {
    const auto length = sequence_length(bytes, i);
    if (length == 0) return false;
    i += length;
  }
  return true;
}

std::string to_document_name(std::string_view bytes) {
  return for_each_component(bytes, component_to_document);
}

std::string from_document_name(std::string_view name) {
  return for_each_component(name, component_from_document);
}

}  // namespace globus_sandbox::transfer
