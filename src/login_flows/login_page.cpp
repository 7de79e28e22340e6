// SPDX-License-Identifier: Apache-2.0
#include "login_flows/login_page.hpp"

#include <array>
#include <utility>

namespace globus_sdk::inline v0::detail {

namespace {

constexpr std::string_view own_template = R"(<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>$login_result</title>
<style>
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 36rem; margin: 15vh auto; padding: 0 1rem }
h1 { font-size: 1.5rem; font-weight: 600 }
@media (prefers-color-scheme: dark) { body { background: #16191d; color: #e4e7eb } }
</style>
</head>
<body>
<h1>$login_result</h1>
<p>$post_login_message</p>
</body>
</html>
)";

/// The length of `$name` or `${name}` where `text` starts with it, else 0.
std::size_t placeholder_length(std::string_view text, std::string_view name) {
  const std::string braced = "${" + std::string(name) + "}";
  if (text.starts_with(braced)) return braced.size();
  return text.substr(1).starts_with(name) ? name.size() + 1 : 0;
}

}  // namespace

std::string escape_html(std::string_view text) {
  std::string escaped;
  for (const char c : text) {
    switch (c) {
      case '&':
        escaped += "&amp;";
        break;
      case '<':
        escaped += "&lt;";
        break;
      case '>':
        escaped += "&gt;";
        break;
      case '"':
        escaped += "&quot;";
        break;
      case '\'':
        escaped += "&#39;";
        break;
      default:
        escaped += c;
    }
  }
  return escaped;
}

std::string login_page(std::string_view html_template, std::string_view login_result,
                       std::string_view post_login_message) {
  const std::array<std::pair<std::string_view, std::string>, 2> values{
      {{"login_result", escape_html(login_result)},
       {"post_login_message", escape_html(post_login_message)}}};
  std::string_view rest = html_template.empty() ? own_template : html_template;
  std::string page;
  while (!rest.empty()) {
    const auto dollar = rest.find('$');
    page += rest.substr(0, dollar);
    if (dollar == std::string_view::npos) break;
    rest.remove_prefix(dollar);
    std::size_t length = 0;
    for (const auto& [name, value] : values) {
      length = placeholder_length(rest, name);
      if (length == 0) continue;
      page += value;
      break;
    }
    if (length == 0) {
      page += '$';
      length = 1;
    }
    rest.remove_prefix(length);
  }
  return page;
}

}  // namespace globus_sdk::inline v0::detail
