// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <string_view>

#include "globus_sdk/compute/errors.hpp"
#include "globus_sdk/core/service_client.hpp"
#include "globus_sdk/scopes/scope_collections.hpp"

namespace globus_sdk::inline v0 {

/// Globus Compute, version 3 of its API. An authorizer for it has a user's tokens for
/// `funcx_service`.
/// Mirrors `globus_sdk.ComputeClientV3`.
template <class Mode>
class BasicComputeClientV3 : public BasicServiceClient<BasicComputeClientV3, Mode> {
  using Base = BasicServiceClient<BasicComputeClientV3, Mode>;

 public:
  using Base::Base;
  template <class T> using Result = typename Base::template Result<T>;
  template <class O> using Options = typename Base::template Options<O>;
  using Document = typename Base::Document;

  /// The class of the errors that Compute answers with.
  using Error = ComputeAPIError;
  /// As in the variable `GLOBUS_SDK_SERVICE_URL_COMPUTE`.
  static constexpr std::string_view service_name = "compute";
  /// The key under which an app keeps the client's tokens.
  static constexpr std::string_view resource_server = ComputeScopes.resource_server;
  /// The scopes that a client adds to what its app requires.
  static constexpr std::array<std::string_view, 1> default_scopes{ComputeScopes.all};
};

extern template class BasicComputeClientV3<Blocking>;

/// The client in its ordinary mode: a method returns when its answer is there.
using ComputeClientV3 = BasicComputeClientV3<Blocking>;

}  // namespace globus_sdk::inline v0
