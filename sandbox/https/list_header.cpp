// SPDX-License-Identifier: Apache-2.0
#include "sandbox/https/list_header.hpp"

#include <algorithm>

namespace globus_sandbox::https {

namespace {

constexpr std::string_view blanks = " \t";

std::string_view without_blanks(std::string_view text) {
  text.remove_prefix(std::min(text.find_first_not_of(blanks), text.size()));
  return text.substr(0, text.find_last_not_of(blanks) + 1);
}

/// Where the first element of a list ends.
std::size_t end_of_element(std::string_view list) {
  bool is_quoted = false;
  for (std::size_t i = 0; i < list.size(); ++i) {
    if (list[i] == '"') is_quoted = !is_quoted;
    if (list[i] == ',' && !is_quoted) return i;
  }
  return list.size();
}

}  // namespace

std::optional<std::string> list_header(const HttpRequest& request, std::string_view name) {
  std::optional<std::string> list;
  for (const auto& [key, value] : request.headers) {
    if (key != name) continue;
    list = list ? *list + ", " + value : value;
  }
  return list;
}

std::vector<std::string_view> list_elements(std::string_view text) {
  std::vector<std::string_view> elements;
  while (!text.empty()) {
    const auto end = end_of_element(text);
    const auto element = without_blanks(text.substr(0, end));
    if (!element.empty()) elements.push_back(element);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return elements;
}

}  // namespace globus_sandbox::https
