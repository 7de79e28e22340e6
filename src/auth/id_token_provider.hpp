// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "auth/json_web_key.hpp"
#include "core/http/url.hpp"
#include "globus_sdk/core/json_view.hpp"

namespace globus_sdk::inline v0::detail {

/// What id tokens are verified against: what a provider says of itself, and its keys.
struct IDTokenProvider {
  JsonView configuration{};  ///< as it came
  JsonView jwk{};            ///< the key set as it came
  std::string issuer{};
  std::vector<std::string> algorithms{};  ///< those that it signs id tokens with
  JsonWebKeySet keys{};
};

/// Reads the configuration (OpenID Connect Discovery 1.0) and the key set.
///
/// @throws IDTokenError provider, when one of them is none.
IDTokenProvider read_provider(const JsonView& configuration, const JsonView& jwk);

/// The address of the key set.
///
/// @throws IDTokenError provider, when the configuration has none, one that names a user, or one
///   over plain http to another host than this one or the provider's own at `base_url`: whoever
///   listens in between could put keys of his own there.
Url jwks_uri(const JsonView& configuration, const Url& base_url);

}  // namespace globus_sdk::inline v0::detail
