// SPDX-License-Identifier: Apache-2.0
#include "globus_sdk/auth/auth_service.hpp"

#include "globus_sdk/core/errors.hpp"

namespace globus_sdk::inline v0::detail {

const Service& auth_service() noexcept {
  static constexpr Service service{"auth", &throw_as<AuthAPIError>};
  return service;
}

Request openid_configuration_request() {
  return get(path("/.well-known/openid-configuration"));
}

}  // namespace globus_sdk::inline v0::detail
