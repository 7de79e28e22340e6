// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <string_view>

#include "globus_sdk/core/service_client.hpp"
#include "globus_sdk/flows/errors.hpp"
#include "globus_sdk/scopes/scope_collections.hpp"

namespace globus_sdk::inline v0 {

/// Globus Flows: flows, their runs, and what runs ask of people. An authorizer for it has a user's
/// tokens for `flows.globus.org`.
/// Mirrors `globus_sdk.FlowsClient`.
template <class Mode> class BasicFlowsClient : public BasicServiceClient<BasicFlowsClient, Mode> {
  using Base = BasicServiceClient<BasicFlowsClient, Mode>;

 public:
  using Base::Base;
  template <class T> using Result = typename Base::template Result<T>;
  template <class O> using Options = typename Base::template Options<O>;
  using Document = typename Base::Document;

  /// The class of the errors that Flows answers with.
  using Error = FlowsAPIError;
  /// As in the variable `GLOBUS_SDK_SERVICE_URL_FLOWS`.
  static constexpr std::string_view service_name = "flows";
  /// The key under which an app keeps the client's tokens.
  static constexpr std::string_view resource_server = FlowsScopes.resource_server;
  /// The scopes that a client adds to what its app requires.
  static constexpr std::array<std::string_view, 1> default_scopes{FlowsScopes.all};
};

extern template class BasicFlowsClient<Blocking>;

/// The client in its ordinary mode: a method returns when its answer is there.
using FlowsClient = BasicFlowsClient<Blocking>;

}  // namespace globus_sdk::inline v0
