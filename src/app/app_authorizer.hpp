// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "app/app_state.hpp"
#include "globus_sdk/core/authorizer.hpp"

namespace globus_sdk::inline v0::detail {

/// Authorizes a client by whatever authorizer its app has at that time.
class AppAuthorizer final : public GlobusAuthorizer {
 public:
  AppAuthorizer(std::shared_ptr<const AppState> state, std::string resource_server);
  ~AppAuthorizer() override;
  AppAuthorizer(const AppAuthorizer&) = default;
  AppAuthorizer& operator=(const AppAuthorizer&) = default;

  std::string get_authorization_header(const CallLimits& limits) const override;
  std::optional<std::string> try_get_authorization_header() const override;
  bool handle_missing_authorization(std::string_view rejected_header) const override;
  std::string explain_refusal(std::string_view rejected_header) const override;
  bool handle_insufficient_authorization(std::string_view rejected_header,
                                         const Answer& answer) const override;

 private:
  std::shared_ptr<const AppState> state_;
  std::string resource_server_;
};

}  // namespace globus_sdk::inline v0::detail
