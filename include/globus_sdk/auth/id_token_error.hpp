// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "globus_sdk/core/errors.hpp"

namespace globus_sdk::inline v0 {

/// What is wrong with an id token: the check that it failed.
enum class IDTokenFault {
  malformed,      ///< no signed token in compact form
  provider,       ///< the provider's configuration or key set cannot be read
  algorithm,      ///< not signed with an algorithm that the provider announces
  key,            ///< the provider has no key that may verify it
  signature,      ///< the signature is not the provider's
  claim,          ///< a claim is missing or has the wrong type
  issuer,         ///< `iss`: made by another provider
  audience,       ///< `aud` or `azp`: made for another client
  expired,        ///< `exp`
  not_yet_valid,  ///< `nbf`
  issued_at,      ///< `iat`: in the future
  nonce,          ///< `nonce`: made for another login
  access_token,   ///< `at_hash`: came with another access token
};

/// An id token is refused. `what()` says which check the id token failed and what was expected. It
/// shows no part of the id token.
class GLOBUS_SDK_EXPORT IDTokenError : public GlobusError {
 public:
  /// @param message a text that shows no part of the id token.
  IDTokenError(IDTokenFault fault, const std::string& message);
  ~IDTokenError() override;

  /// The check that it failed.
  IDTokenFault fault() const noexcept { return fault_; }

 private:
  IDTokenFault fault_;
};

}  // namespace globus_sdk::inline v0
