// SPDX-License-Identifier: Apache-2.0
#include "sandbox/auth/pages.hpp"

#include <fmt/format.h>

namespace globus_sandbox::auth {

namespace {

constexpr std::string_view style =
    "body{font:16px/1.5 system-ui,sans-serif;max-width:42rem;margin:3rem auto;padding:0 1rem;"
    "color:#1d2733}h1{font-size:1.4rem}code{background:#eef2f6;padding:.1rem .35rem;"
    "border-radius:.25rem;overflow-wrap:anywhere}#auth-code{display:inline-block;font-size:1.1rem;"
    "padding:.5rem .75rem}button{font:inherit;padding:.4rem 1.2rem;margin:1rem .5rem 0 0}"
    "#users button{display:block;width:100%;text-align:left}label{display:block;margin-top:2rem}"
    "input{font:inherit;padding:.35rem}footer{margin-top:2rem;color:#5c6b7a;font-size:.85rem}";

std::string document(std::string_view title, std::string_view content) {
  return fmt::format(
      "<!doctype html>\n<html lang=\"en\">\n<head><meta charset=\"utf-8\">"
      "<meta name=\"viewport\" content=\"width=device-width\"><title>{0}</title>"
      "<style>{1}</style></head>\n<body>\n<h1>{0}</h1>\n{2}\n"
      "<footer>globus-sandbox: a local Globus. No account and no password is behind this page."
      "</footer>\n</body>\n</html>\n",
      escape_html(title), style, content);
}

std::string scope_list(const std::vector<std::string>& scopes) {
  std::string items;
  for (const auto& scope : scopes)
    items += fmt::format("<li><code>{}</code></li>\n", escape_html(scope));
  return "<ul id=\"scopes\">\n" + items + "</ul>\n";
}

std::string button(std::string_view name, std::string_view value, std::string_view label) {
  return fmt::format("<button type=\"submit\" name=\"{}\" value=\"{}\">{}</button>\n", name,
                     escape_html(value), escape_html(label));
}

std::string label_of(const PageUser& user) {
  const std::string link =
      user.linked_to.empty() ? std::string{} : fmt::format(", linked with {}", user.linked_to);
  return fmt::format("{} <{}>{}", user.name, user.username, link);
}

std::string user_buttons(const std::vector<PageUser>& users) {
  std::string buttons;
  for (const auto& user : users) buttons += button("identity", user.id, label_of(user));
  return "<div id=\"users\">\n" + buttons + "</div>\n";
}

/// A paragraph, unless there is nothing to say.
std::string paragraph(std::string_view text) {
  return text.empty() ? std::string{} : fmt::format("<p>{}</p>\n", escape_html(text));
}

std::string hidden_fields(const std::vector<NamedValue>& fields) {
  std::string inputs;
  for (const auto& [name, value] : fields)
    inputs += fmt::format("<input type=\"hidden\" name=\"{}\" value=\"{}\">\n", escape_html(name),
                          escape_html(value));
  return inputs;
}

}  // namespace

std::string escape_html(std::string_view text) {
  std::string result;
  for (const char c : text) {
    switch (c) {
      case '&':
        result += "&amp;";
        break;
      case '<':
        result += "&lt;";
        break;
      case '>':
        result += "&gt;";
        break;
      case '"':
        result += "&quot;";
        break;
      case '\'':
        result += "&#39;";
        break;
      default:
        result += c;
    }
  }
  return result;
}

std::string login_page(const LoginPage& page) {
  const std::string fields = hidden_fields(page.fields);
  const std::string new_user =
      page.takes_new_users
          ? fmt::format(
                "<form method=\"post\" id=\"new-user\">\n{}"
                "<label>Somebody else, who is made when there is no such user: "
                "<input name=\"username\" required placeholder=\"name@example.org\">"
                "</label>\n<button type=\"submit\">Log in</button>\n</form>\n",
                fields)
          : std::string{};
  return document(
      "Log in to " + page.client_name,
      fmt::format(
          "{}{}<form method=\"post\" id=\"login\">\n{}{}{}</form>\n{}", paragraph(page.message),
          paragraph(page.needs_second_factor
                        ? "A second factor is asked for; here a click shows it, too."
                        : ""),
          fields, user_buttons(page.users), button("decision", "deny", "Cancel"), new_user));
}

std::string consent_page(const ConsentPage& page) {
  return document(
      page.client_name + " asks for your consent",
      fmt::format("{}<p>The application <strong>{}</strong> (<code>{}</code>) would like to:</p>\n"
                  "{}<p>You are logged in as <strong id=\"user\">{}</strong>.</p>\n"
                  "<form method=\"post\" id=\"consent\">\n{}{}{}{}</form>",
                  paragraph(page.message), escape_html(page.client_name),
                  escape_html(page.client_id), scope_list(page.scopes),
                  escape_html(page.user.username), hidden_fields(page.fields),
                  button("decision", "allow", "Allow"), button("decision", "deny", "Deny"),
                  button("decision", "switch", "Somebody else")));
}

std::string logout_page(std::string_view client_name, std::string_view uri, std::string_view name) {
  const std::string link =
      uri.empty() ? std::string{}
                  : fmt::format("<p><a id=\"continue\" href=\"{}\">Continue to {}</a></p>\n",
                                escape_html(uri), escape_html(name));
  return document(fmt::format("Logged out of {}", client_name),
                  paragraph("The next login in this browser will ask who you are.") + link);
}

std::string code_page(std::string_view code, std::string_view state) {
  const std::string shown_state =
      state.empty()
          ? std::string{}
          : fmt::format("<p>State: <code id=\"auth-state\">{}</code></p>\n", escape_html(state));
  return document("Authorization code",
                  fmt::format("<p>Copy this code into the application that asked for it:</p>\n"
                              "<p><code id=\"auth-code\">{}</code></p>\n{}",
                              escape_html(code), shown_state));
}

std::string error_page(std::string_view error, std::string_view description) {
  return document("This request cannot be served",
                  fmt::format("<p id=\"error\"><code>{}</code></p>\n<p>{}</p>", escape_html(error),
                              escape_html(description)));
}

HttpResponse html_response(int status, std::string page) {
  return {status,
          {{"Content-Type", "text/html; charset=utf-8"},
           {"Cache-Control", "no-store"},
           {"Content-Security-Policy",
            "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"},
           {"X-Content-Type-Options", "nosniff"}},
          std::move(page)};
}

}  // namespace globus_sandbox::auth
