// SPDX-License-Identifier: Apache-2.0
#include "sandbox/server/http.hpp"

#include <boost/json/serialize.hpp>

#include "sandbox/base/hexadecimal.hpp"

namespace globus_sandbox {

namespace {

std::string decode(std::string_view text, bool plus_is_space) {
  std::string result;
  result.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%' && i + 2 < text.size()) {
      const int high = hexadecimal_value(text[i + 1]);
      const int low = hexadecimal_value(text[i + 2]);
      if (high >= 0 && low >= 0) {
        result += static_cast<char>(high * 16 + low);
        i += 2;
        continue;
      }
    }
    result += plus_is_space && text[i] == '+' ? ' ' : text[i];
  }
  return result;
}

std::optional<std::string> first_of(const std::vector<NamedValue>& values, std::string_view name) {
  for (const auto& [key, value] : values)
    if (key == name) return value;
  return std::nullopt;
}

bool is_unreserved(char c) {
  return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' ||
         c == '.' || c == '_' || c == '~';
}

}  // namespace

std::string percent_decode(std::string_view text) {
  return decode(text, false);
}

std::string percent_encode(std::string_view text) {
  static constexpr char digits[] = "0123456789ABCDEF";
  std::string result;
  result.reserve(text.size());
  for (const char c : text) {
    if (is_unreserved(c)) {
      result += c;
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    result += '%';
    result += digits[byte >> 4U];
    result += digits[byte & 15U];
  }
  return result;
}

std::vector<NamedValue> parse_form(std::string_view text) {
  std::vector<NamedValue> result;
  while (!text.empty()) {
    const auto end = text.find('&');
    const auto pair = text.substr(0, end);
    if (!pair.empty()) {
      const auto equals = pair.find('=');
      const auto value =
          equals == std::string_view::npos ? std::string_view{} : pair.substr(equals + 1);
      result.emplace_back(decode(pair.substr(0, equals), true), decode(value, true));
    }
    if (end == std::string_view::npos) break;
    text.remove_prefix(end + 1);
  }
  return result;
}

std::string encode_form(const std::vector<NamedValue>& values) {
  std::string result;
  for (const auto& [name, value] : values) {
    if (!result.empty()) result += '&';
    result += percent_encode(name) + '=' + percent_encode(value);
  }
  return result;
}

std::optional<std::string> HttpRequest::query_value(std::string_view name) const {
  return first_of(query, name);
}

std::optional<std::string> HttpRequest::header(std::string_view name) const {
  return first_of(headers, name);
}

std::vector<NamedValue> HttpRequest::form() const {
  return parse_form(body);
}

HttpResponse json_response(int status, const boost::json::value& document) {
  return {status, {{"Content-Type", "application/json"}}, boost::json::serialize(document)};
}

}  // namespace globus_sandbox
