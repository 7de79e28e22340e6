// SPDX-License-Identifier: Apache-2.0
#include "sandbox/auth/redirect_uris.hpp"

#include <algorithm>

namespace globus_sandbox::auth {

namespace {

/// Whether this is an http URI of this machine, with a port or without.
bool is_loopback(std::string_view uri) {
  const auto scheme_end = uri.find("://");
  if (scheme_end == std::string_view::npos) return false;
  const auto scheme = uri.substr(0, scheme_end);
  if (scheme != "http" && scheme != "https") return false;
  auto authority = uri.substr(scheme_end + 3);
  authority = authority.substr(0, authority.find_first_of("/?"));
  auto host = authority;
  if (const auto colon = authority.rfind(':');
      colon != std::string_view::npos &&
      authority.find_first_not_of("0123456789", colon + 1) == std::string_view::npos)
    host = authority.substr(0, colon);
  return host == "localhost" || host == "127.0.0.1" || host == "[::1]";
}

/// A redirect URI has no fragment (RFC 6749, 3.1.2), and no character that a URI cannot have.
bool is_acceptable(std::string_view uri) {
  return std::all_of(uri.begin(), uri.end(),
                     [](char c) { return c > ' ' && c < 127 && c != '#' && c != '\\'; });
}

}  // namespace

bool is_code_page(std::string_view redirect_uri, std::string_view base_url) {
  return redirect_uri == "https://auth.globus.org/v2/web/auth-code" ||
         redirect_uri == std::string(base_url) + "/v2/web/auth-code";
}

bool may_redirect_to(const Client& client, std::string_view redirect_uri,
                     std::string_view base_url) {
  if (is_code_page(redirect_uri, base_url)) return true;
  if (!is_acceptable(redirect_uri)) return false;
  const auto& registered = client.redirect_uris;
  return std::find(registered.begin(), registered.end(), redirect_uri) != registered.end() ||
         is_loopback(redirect_uri);
}

std::string with_parameters(std::string_view uri, const std::vector<NamedValue>& parameters) {
  std::string result(uri);
  result += uri.find('?') == std::string_view::npos ? '?' : '&';
  return result + encode_form(parameters);
}

}  // namespace globus_sandbox::auth
