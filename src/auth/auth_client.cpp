// SPDX-License-Identifier: Apache-2.0
#include "globus_sdk/auth/auth_client.hpp"

#include "auth/id_token_operations.hpp"
#include "core/call/blocking_mode.hpp"
#include "globus_sdk/core/errors.hpp"

namespace globus_sdk::inline v0 {

std::optional<JsonView> GetIdentitiesResponse::find(Text member, Text value) const {
  for (const JsonView& identity : *this) {
    if (identity[member] == value.view()) return identity;
  }
  return std::nullopt;
}

namespace detail {

Request get_identities_request(const GetIdentitiesOptions& options) {
  if (options.usernames && options.ids) {
    throw GlobusSDKUsageError("get_identities takes usernames or ids, not both");
  }
  Request request = get(path("/v2/api/identities"));
  request = std::move(request).query("usernames", options.usernames).query("ids", options.ids);
  if (options.usernames) {
    request = std::move(request).query("provision", options.provision, BooleanStyle::lower);
  }
  return std::move(request).query_params(options.query_params);
}

Request get_identity_providers_request(const GetIdentityProvidersOptions& options) {
  if (options.domains && options.ids) {
    throw GlobusSDKUsageError("get_identity_providers takes domains or ids, not both");
  }
  return get("/v2/api/identity_providers")
      .query("domains", options.domains)
      .query("ids", options.ids)
      .query_params(options.query_params);
}

}  // namespace detail

template class BasicAuthClient<Blocking>;

}  // namespace globus_sdk::inline v0
