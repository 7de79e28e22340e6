// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "globus_sdk/core/authorizer.hpp"
#include "globus_sdk/core/text.hpp"

namespace globus_sdk::inline v0 {

/// Sends one access token, which it cannot renew. Mirrors `globus_sdk.AccessTokenAuthorizer`.
class GLOBUS_SDK_EXPORT AccessTokenAuthorizer final : public GlobusAuthorizer {
 public:
  /// @param access_token a token for the service that the client talks to.
  /// @throws GlobusSDKUsageError when the token is empty, or has characters that no header may
  ///   have.
  explicit AccessTokenAuthorizer(Text access_token);
  ~AccessTokenAuthorizer() override;

  std::string get_authorization_header(const CallLimits& limits) const override;
  std::optional<std::string> try_get_authorization_header() const override;

 private:
  std::shared_ptr<const std::string> header_;
};

}  // namespace globus_sdk::inline v0
