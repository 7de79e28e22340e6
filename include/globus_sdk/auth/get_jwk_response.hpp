// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <utility>

#include "globus_sdk/core/field.hpp"
#include "globus_sdk/core/json.hpp"
#include "globus_sdk/core/response.hpp"

namespace globus_sdk::inline v0 {

/// Options of get_jwk.
struct GetJWKOptions {
  /// The answer of get_openid_configuration. Unset: it is fetched first.
  Field<Json> openid_configuration{};
};

/// The public keys that Globus Auth signs id tokens with: a JSON Web Key Set.
class GetJWKResponse : public GlobusHTTPResponse {
 public:
  explicit GetJWKResponse(GlobusHTTPResponse response) : GlobusHTTPResponse(std::move(response)) {}

  /// The first key as PEM (`-----BEGIN PUBLIC KEY-----`), for other libraries. In Python this is
  /// `get_jwk(as_pem=True)`.
  ///
  /// @throws IDTokenError when there is no key, or no key that may verify signatures.
  std::string as_pem() const;
};

}  // namespace globus_sdk::inline v0
