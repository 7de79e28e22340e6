// SPDX-License-Identifier: Apache-2.0
#include "globus_sdk/auth/auth_service.hpp"

#include <array>

#include "globus_sdk/auth/errors.hpp"
#include "globus_sdk/scopes/scope_collections.hpp"

namespace globus_sdk::inline v0::detail {

const Service& auth_service() noexcept {
  static constexpr std::array<std::string_view, 3> scopes{AuthScopes.openid, AuthScopes.profile,
                                                          AuthScopes.email};
  static constexpr Service service{"auth", &throw_as<AuthAPIError>, nullptr,
                                   AuthScopes.resource_server, scopes};
  return service;
}

Request openid_configuration_request() {
  return get(path("/.well-known/openid-configuration"));
}

}  // namespace globus_sdk::inline v0::detail
