// SPDX-License-Identifier: Apache-2.0
#pragma once

// The scopes of one collection, endpoint or flow. Their names contain its id, so they are made when
// the program runs. Each has `resource_server` and `scopes()`, like the collections of the
// services.

#include <array>
#include <string>

#include "globus_sdk/core/text.hpp"
#include "globus_sdk/scopes/scope.hpp"

namespace globus_sdk::inline v0 {

/// The scopes of a Globus Connect Server endpoint. Mirrors `globus_sdk.scopes.GCSEndpointScopes`.
struct GCSEndpointScopes {
  /// @param endpoint_id a UUID.
  /// @throws ValidationError when the id is empty or cannot be part of a scope's name.
  explicit GCSEndpointScopes(Text endpoint_id);

  /// The endpoint's id.
  std::string resource_server;
  /// Making and changing the collections of the endpoint.
  Scope manage_collections;

  /// All of these scopes.
  std::array<Scope, 1> scopes() const { return {manage_collections}; }
};

/// The scopes of a collection. Mirrors `globus_sdk.scopes.GCSCollectionScopes`.
///
///     TransferScopes.all.with_dependency(GCSCollectionScopes{collection_id}.data_access)
struct GCSCollectionScopes {
  /// @param collection_id a UUID.
  /// @throws ValidationError when the id is empty or cannot be part of a scope's name.
  explicit GCSCollectionScopes(Text collection_id);

  /// The collection's id.
  std::string resource_server;
  /// What Transfer needs to read from or write to a mapped collection for a user.
  Scope data_access;
  /// Access to the data by https.
  Scope https;

  /// All of these scopes.
  std::array<Scope, 2> scopes() const { return {data_access, https}; }
};

/// The scopes of one flow. Mirrors `globus_sdk.scopes.SpecificFlowScopes`.
struct SpecificFlowScopes {
  /// @param flow_id a UUID.
  /// @throws ValidationError when the id is empty or cannot be part of a scope's name.
  explicit SpecificFlowScopes(Text flow_id);

  /// The flow's id.
  std::string resource_server;
  /// Starting a run of the flow.
  Scope user;

  /// All of these scopes.
  std::array<Scope, 1> scopes() const { return {user}; }
};

}  // namespace globus_sdk::inline v0
