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
  /// What get_openid_configuration answered; fetched first when unset.
  Field<Json> openid_configuration{};
};

/// The public keys that Globus Auth signs id tokens with: a JSON Web Key Set.
class GetJWKResponse : public GlobusHTTPResponse {
 public:
  explicit GetJWKResponse(GlobusHTTPResponse response) : GlobusHTTPResponse(std::move(response)) {}

  /// The first key as PEM (`-----BEGIN PUBLIC KEY-----`), for other libraries. Where Python's
  /// `get_jwk` is given `as_pem=True`, this is asked for it.
  ///
  /// @throws IDTokenError when there is none, or none that may verify signatures.
  std::string as_pem() const;
};

}  // namespace globus_sdk::inline v0
