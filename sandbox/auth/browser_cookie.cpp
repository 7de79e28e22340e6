// SPDX-License-Identifier: Apache-2.0
#include "sandbox/auth/browser_cookie.hpp"

#include <string_view>

namespace globus_sandbox::auth {

namespace {

constexpr std::string_view name = "globus_sandbox_session";

}  // namespace

std::optional<std::string> browser_secret(const HttpRequest& request) {
  const std::string cookies = "; " + request.header("cookie").value_or("");
  const std::string wanted = "; " + std::string(name) + '=';
  const auto begin = cookies.find(wanted);
  if (begin == std::string::npos) return std::nullopt;
  const auto value = begin + wanted.size();
  return cookies.substr(value, cookies.find(';', value) - value);
}

void set_browser_secret(HttpResponse& response, const std::string& secret) {
  response.headers.emplace_back("Set-Cookie", std::string(name) + '=' + secret +
                                                  "; Path=/auth/; HttpOnly; SameSite=Lax" +
                                                  (secret.empty() ? "; Max-Age=0" : ""));
}

}  // namespace globus_sandbox::auth
