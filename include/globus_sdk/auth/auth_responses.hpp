// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utility>

#include "globus_sdk/core/response.hpp"

namespace globus_sdk::inline v0 {

/// Identity providers: a range over them. Mirrors `globus_sdk.GetIdentityProvidersResponse`.
class GetIdentityProvidersResponse : public IterableResponse {
 public:
  explicit GetIdentityProvidersResponse(GlobusHTTPResponse response)
      : IterableResponse(std::move(response), "identity_providers") {}
};

/// Projects: a range over them. Mirrors `globus_sdk.GetProjectsResponse`.
class GetProjectsResponse : public IterableResponse {
 public:
  explicit GetProjectsResponse(GlobusHTTPResponse response)
      : IterableResponse(std::move(response), "projects") {}
};

/// Policies: a range over them. Mirrors `globus_sdk.GetPoliciesResponse`.
class GetPoliciesResponse : public IterableResponse {
 public:
  explicit GetPoliciesResponse(GlobusHTTPResponse response)
      : IterableResponse(std::move(response), "policies") {}
};

/// Clients: a range over them. Mirrors `globus_sdk.GetClientsResponse`.
class GetClientsResponse : public IterableResponse {
 public:
  explicit GetClientsResponse(GlobusHTTPResponse response)
      : IterableResponse(std::move(response), "clients") {}
};

/// A client's credentials, without their secrets: a range over them. Mirrors
/// `globus_sdk.GetClientCredentialsResponse`.
class GetClientCredentialsResponse : public IterableResponse {
 public:
  explicit GetClientCredentialsResponse(GlobusHTTPResponse response)
      : IterableResponse(std::move(response), "credentials") {}
};

/// Scopes: a range over them. Mirrors `globus_sdk.GetScopesResponse`.
class GetScopesResponse : public IterableResponse {
 public:
  explicit GetScopesResponse(GlobusHTTPResponse response)
      : IterableResponse(std::move(response), "scopes") {}
};

}  // namespace globus_sdk::inline v0
