// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "globus_sdk/core/authorizer.hpp"
#include "globus_sdk/core/text.hpp"

namespace globus_sdk::inline v0 {

/// Sends a username and a password: the id and secret of a client, for example. Mirrors
/// `globus_sdk.BasicAuthorizer`.
class GLOBUS_SDK_EXPORT BasicAuthorizer final : public GlobusAuthorizer {
 public:
  /// @throws GlobusSDKUsageError when the username is empty or holds a colon.
  BasicAuthorizer(Text username, Text password);
  ~BasicAuthorizer() override;

  std::string get_authorization_header(const CallLimits& limits) const override;
  std::optional<std::string> try_get_authorization_header() const override;

 private:
  std::shared_ptr<const std::string> header_;
};

}  // namespace globus_sdk::inline v0
