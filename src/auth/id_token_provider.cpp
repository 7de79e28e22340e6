// SPDX-License-Identifier: Apache-2.0
#include "id_token_provider.hpp"

#include <algorithm>

#include "../core/ascii.hpp"
#include "../core/url.hpp"
#include "globus_sdk/auth/id_token_error.hpp"

namespace globus_sdk::inline v0::detail {

namespace {

[[noreturn]] void refuse(const std::string& message) {
  throw IDTokenError(IDTokenFault::provider, "the provider's configuration " + message);
}

std::string text_member(const JsonView& configuration, const char* name) {
  const auto member = configuration.get(name);
  if (!member || !member->is_string() || *member == "") {
    refuse(std::string("has no text ") + name);
  }
  return member->as<std::string>();
}

std::vector<std::string> announced_algorithms(const JsonView& configuration) {
  constexpr const char* name = "id_token_signing_alg_values_supported";
  const auto member = configuration.get(name);
  const auto is_text = [](const JsonView& value) { return value.is_string(); };
  if (!member || !member->is_array() || !std::all_of(member->begin(), member->end(), is_text)) {
    refuse(std::string("has no list ") + name);
  }
  return member->as<std::vector<std::string>>();
}

/// `https://host:443` of a URL, in lower case.
std::string origin(std::string_view url) {
  const std::size_t authority = url.find("://");
  if (authority == url.npos) return {};
  std::string text(url.substr(0, std::min(url.find_first_of("/?#\\", authority + 3), url.size())));
  std::ranges::transform(text, text.begin(), ascii_lower);
  return text;
}

}  // namespace

bool same_origin(std::string_view a, std::string_view b) {
  const std::string of_a = origin(a);
  return !of_a.empty() && of_a == origin(b);
}

std::string jwks_uri(const JsonView& configuration, const std::string& base_url) {
  std::string uri = text_member(configuration, "jwks_uri");
  const Url url(uri);
  const bool is_secure = url.scheme() == "https" || (url.scheme() == "http" && url.is_loopback());
  const std::size_t colon = uri.find("://");  // libcurl would take one slash too, or three
  if (!url.valid() || colon != url.scheme().size() || (!is_secure && !same_origin(uri, base_url))) {
    refuse("has a jwks_uri that is no https URL");
  }
  return uri.replace(0, colon, url.scheme());
}

IDTokenProvider read_provider(const JsonView& configuration, const JsonView& jwk) {
  IDTokenProvider provider;
  provider.configuration = configuration;
  provider.jwk = jwk;
  provider.issuer = text_member(configuration, "issuer");
  provider.algorithms = announced_algorithms(configuration);
  provider.keys = read_keys(jwk);
  return provider;
}

}  // namespace globus_sdk::inline v0::detail
