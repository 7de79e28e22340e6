// SPDX-License-Identifier: Apache-2.0
#pragma once

// The scopes of the services, named as in the Python SDK: `TransferScopes.all`. Each collection has
// `resource_server`, the key under which tokens for its scopes are found, and `scopes()`, a list of
// its scopes.

#include <array>

#include "globus_sdk/core/text.hpp"
#include "globus_sdk/scopes/scope.hpp"

namespace globus_sdk::inline v0 {

/// The scopes of Globus Auth; `AuthScopes` is the one object of this type.
struct AuthScopeCollection {
  /// The key under which tokens for these scopes are found.
  static constexpr StaticText resource_server{"auth.globus.org"};
  /// An id token, and the user's id in userinfo.
  StaticScope openid{"openid"};
  /// The user's mail address, with openid.
  StaticScope email{"email"};
  /// The user's name, organization and username, with openid.
  StaticScope profile{"profile"};
  /// Seeing and changing projects, and their clients, policies and scopes.
  StaticScope manage_projects{"urn:globus:auth:scope:auth.globus.org:manage_projects"};
  /// Seeing when and how the user has logged in.
  StaticScope view_authentications{"urn:globus:auth:scope:auth.globus.org:view_authentications"};
  /// Seeing clients that the user administers.
  StaticScope view_clients{"urn:globus:auth:scope:auth.globus.org:view_clients"};
  /// Seeing clients and scopes that the user administers.
  StaticScope view_clients_and_scopes{
      "urn:globus:auth:scope:auth.globus.org:view_clients_and_scopes"};
  /// Seeing the user's consents, also those given to other clients.
  StaticScope view_consents{"urn:globus:auth:scope:auth.globus.org:view_consents"};
  /// Looking identities up by id or username.
  StaticScope view_identities{"urn:globus:auth:scope:auth.globus.org:view_identities"};
  /// Seeing the identities that the user has linked.
  StaticScope view_identity_set{"urn:globus:auth:scope:auth.globus.org:view_identity_set"};

  /// All of these scopes.
  constexpr std::array<StaticScope, 10> scopes() const {
    return {openid,
            email,
            profile,
            manage_projects,
            view_authentications,
            view_clients,
            view_clients_and_scopes,
            view_consents,
            view_identities,
            view_identity_set};
  }
};
/// The scopes of Globus Auth.
inline constexpr AuthScopeCollection AuthScopes{};

/// The scopes of Globus Compute; `ComputeScopes` is the one object of this type.
struct ComputeScopeCollection {
  /// The key under which tokens for these scopes are found.
  static constexpr StaticText resource_server{"funcx_service"};
  /// The service's own id, by which its scopes are named.
  static constexpr StaticText client_id{"facd7ccc-c5f4-42aa-916b-a0e270e2c2a9"};
  /// Everything that the service does.
  StaticScope all{"https://auth.globus.org/scopes/facd7ccc-c5f4-42aa-916b-a0e270e2c2a9/all"};

  /// All of these scopes.
  constexpr std::array<StaticScope, 1> scopes() const { return {all}; }
};
/// The scopes of Globus Compute.
inline constexpr ComputeScopeCollection ComputeScopes{};

/// The scopes of Globus Flows; `FlowsScopes` is the one object of this type.
struct FlowsScopeCollection {
  /// The key under which tokens for these scopes are found.
  static constexpr StaticText resource_server{"flows.globus.org"};
  /// The service's own id, by which its scopes are named.
  static constexpr StaticText client_id{"eec9b274-0c81-4334-bdc2-54e90e689b9a"};
  /// Everything that the service does.
  StaticScope all{"https://auth.globus.org/scopes/eec9b274-0c81-4334-bdc2-54e90e689b9a/all"};
  /// Making and changing flows.
  StaticScope manage_flows{
      "https://auth.globus.org/scopes/eec9b274-0c81-4334-bdc2-54e90e689b9a/manage_flows"};
  /// Seeing flows.
  StaticScope view_flows{
      "https://auth.globus.org/scopes/eec9b274-0c81-4334-bdc2-54e90e689b9a/view_flows"};
  /// Starting runs of flows.
  StaticScope run{"https://auth.globus.org/scopes/eec9b274-0c81-4334-bdc2-54e90e689b9a/run"};
  /// Seeing runs.
  StaticScope run_status{
      "https://auth.globus.org/scopes/eec9b274-0c81-4334-bdc2-54e90e689b9a/run_status"};
  /// Changing and cancelling runs.
  StaticScope run_manage{
      "https://auth.globus.org/scopes/eec9b274-0c81-4334-bdc2-54e90e689b9a/run_manage"};

  /// All of these scopes.
  constexpr std::array<StaticScope, 6> scopes() const {
    return {all, manage_flows, view_flows, run, run_status, run_manage};
  }
};
/// The scopes of Globus Flows.
inline constexpr FlowsScopeCollection FlowsScopes{};

/// The scopes of Globus Groups; `GroupsScopes` is the one object of this type.
struct GroupsScopeCollection {
  /// The key under which tokens for these scopes are found.
  static constexpr StaticText resource_server{"groups.api.globus.org"};
  /// Everything that the service does.
  StaticScope all{"urn:globus:auth:scope:groups.api.globus.org:all"};
  /// Seeing the user's groups, and who is in them.
  StaticScope view_my_groups_and_memberships{
      "urn:globus:auth:scope:groups.api.globus.org:view_my_groups_and_memberships"};

  /// All of these scopes.
  constexpr std::array<StaticScope, 2> scopes() const {
    return {all, view_my_groups_and_memberships};
  }
};
/// The scopes of Globus Groups.
inline constexpr GroupsScopeCollection GroupsScopes{};

/// The scopes of Nexus, the service before Globus Groups; `NexusScopes` is the one object of this
/// type.
struct NexusScopeCollection {
  /// The key under which tokens for these scopes are found.
  static constexpr StaticText resource_server{"nexus.api.globus.org"};
  /// Everything that the service does.
  StaticScope groups{"urn:globus:auth:scope:nexus.api.globus.org:groups"};

  /// All of these scopes.
  constexpr std::array<StaticScope, 1> scopes() const { return {groups}; }
};
/// The scopes of Nexus.
inline constexpr NexusScopeCollection NexusScopes{};

/// The scopes of Globus Search; `SearchScopes` is the one object of this type.
struct SearchScopeCollection {
  /// The key under which tokens for these scopes are found.
  static constexpr StaticText resource_server{"search.api.globus.org"};
  /// Everything that the service does.
  StaticScope all{"urn:globus:auth:scope:search.api.globus.org:all"};
  /// What Globus Connect Server keeps in the service.
  StaticScope globus_connect_server{
      "urn:globus:auth:scope:search.api.globus.org:globus_connect_server"};
  /// Adding to indices and removing from them.
  StaticScope ingest{"urn:globus:auth:scope:search.api.globus.org:ingest"};
  /// Searching indices.
  StaticScope search{"urn:globus:auth:scope:search.api.globus.org:search"};

  /// All of these scopes.
  constexpr std::array<StaticScope, 4> scopes() const {
    return {all, globus_connect_server, ingest, search};
  }
};
/// The scopes of Globus Search.
inline constexpr SearchScopeCollection SearchScopes{};

/// The scopes of Globus Timers; `TimersScopes` is the one object of this type.
struct TimersScopeCollection {
  /// The key under which tokens for these scopes are found.
  static constexpr StaticText resource_server{"524230d7-ea86-4a52-8312-86065a9e0417"};
  /// Everything that the service does.
  StaticScope timer{"https://auth.globus.org/scopes/524230d7-ea86-4a52-8312-86065a9e0417/timer"};

  /// All of these scopes.
  constexpr std::array<StaticScope, 1> scopes() const { return {timer}; }
};
/// The scopes of Globus Timers.
inline constexpr TimersScopeCollection TimersScopes{};

/// The scopes of Globus Transfer; `TransferScopes` is the one object of this type.
struct TransferScopeCollection {
  /// The key under which tokens for these scopes are found.
  static constexpr StaticText resource_server{"transfer.api.globus.org"};
  /// Everything that the service does.
  StaticScope all{"urn:globus:auth:scope:transfer.api.globus.org:all"};
  /// Setting up Globus Connect Personal.
  StaticScope gcp_install{"urn:globus:auth:scope:transfer.api.globus.org:gcp_install"};

  /// All of these scopes.
  constexpr std::array<StaticScope, 2> scopes() const { return {all, gcp_install}; }
};
/// The scopes of Globus Transfer.
inline constexpr TransferScopeCollection TransferScopes{};

}  // namespace globus_sdk::inline v0
