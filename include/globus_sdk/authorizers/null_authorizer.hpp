// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "globus_sdk/core/authorizer.hpp"

namespace globus_sdk::inline v0 {

/// Sends no Authorization header. Mirrors `globus_sdk.NullAuthorizer`.
class GLOBUS_SDK_EXPORT NullAuthorizer final : public GlobusAuthorizer {
 public:
  ~NullAuthorizer() override;
  std::string get_authorization_header(const CallLimits& limits) const override;
  std::optional<std::string> try_get_authorization_header() const override;
};

}  // namespace globus_sdk::inline v0
