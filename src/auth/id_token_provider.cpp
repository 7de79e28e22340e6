// SPDX-License-Identifier: Apache-2.0
#include "auth/id_token_provider.hpp"

#include <algorithm>

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

}  // namespace

Url jwks_uri(const JsonView& configuration, const Url& base_url) {
  const std::string uri = text_member(configuration, "jwks_uri");
  Url url(uri);
  const bool is_secure = url.scheme() == "https" || (url.scheme() == "http" && url.is_loopback());
  // libcurl would take one slash too, or three
  const bool is_whole = url.valid() && !url.has_user() && uri.find("://") == url.scheme().size();
  if (!is_whole || (!is_secure && !same_origin(url, base_url))) {
    refuse("has a jwks_uri that is no https URL");
  }
  return url;
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
