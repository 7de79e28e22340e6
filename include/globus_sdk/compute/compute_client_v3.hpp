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

  // ---- endpoints --------------------------------------------------------------------------------

  /// Registers an endpoint. The answer holds secrets: passwords for the endpoint's queues.
  ///
  /// @param data an endpoint's registration.
  /// @see
  /// https://compute.api.globus.org/redoc#tag/Endpoints/operation/register_endpoint_v3_endpoints_post
  Result<GlobusHTTPResponse> register_endpoint(Document data) const {
    return this->send(detail::post("/v3/endpoints").json(data.json()));
  }

  /// Changes an endpoint. The answer holds secrets: passwords for the endpoint's queues.
  ///
  /// @param endpoint_id a UUID.
  /// @param data an endpoint's document with what is to change.
  /// @see
  /// https://compute.api.globus.org/redoc#tag/Endpoints/operation/update_endpoint_v3_endpoints__endpoint_uuid__put
  Result<GlobusHTTPResponse> update_endpoint(Text endpoint_id, Document data) const {
    return this->send(
        detail::put(detail::path("/v3/endpoints/{endpoint_id}", {endpoint_id})).json(data.json()));
  }

  /// Keeps an endpoint from being registered again for a while; until when is in
  /// `lock_expiration_timestamp`.
  ///
  /// @param endpoint_id a UUID.
  /// @see
  /// https://compute.api.globus.org/redoc#tag/Endpoints/operation/lock_endpoint_v3_endpoints__endpoint_uuid__lock_post
  Result<GlobusHTTPResponse> lock_endpoint(Text endpoint_id) const {
    return this->send(
        detail::post(detail::path("/v3/endpoints/{endpoint_id}/lock", {endpoint_id})));
  }

  /// The functions that an endpoint runs: their ids in `functions`, and in `restricted` whether it
  /// runs no others.
  ///
  /// @param endpoint_id a UUID.
  /// @see
  /// https://compute.api.globus.org/redoc#tag/Endpoints/operation/get_endpoint_allowlist_v3_endpoints__endpoint_uuid__allowed_functions_get
  Result<GlobusHTTPResponse> get_endpoint_allowlist(Text endpoint_id) const {
    return this->send(
        detail::get(detail::path("/v3/endpoints/{endpoint_id}/allowed_functions", {endpoint_id})));
  }

  // ---- functions and tasks ----------------------------------------------------------------------

  /// Registers a function; its id is in `function_uuid`.
  ///
  /// @param data a function's registration, with `function_name` and `function_code`.
  /// @see
  /// https://compute.api.globus.org/redoc#tag/Functions/operation/register_function_v3_functions_post
  Result<GlobusHTTPResponse> register_function(Document data) const {
    return this->send(detail::post("/v3/functions").json(data.json()));
  }

  /// Submits tasks to an endpoint. ComputeClientV2 reads their states.
  ///
  /// @param endpoint_id a UUID.
  /// @param data a batch of tasks: in `tasks`, for each function's id, a list of arguments.
  /// @return a document with the group of the tasks in `task_group_id`, and in `tasks` their ids
  /// for
  ///     each function's.
  /// @see
  /// https://compute.api.globus.org/redoc#tag/Endpoints/operation/submit_batch_v3_endpoints__endpoint_uuid__submit_post
  Result<GlobusHTTPResponse> submit(Text endpoint_id, Document data) const {
    return this->send(
        detail::post(detail::path("/v3/endpoints/{endpoint_id}/submit", {endpoint_id}))
            .json(data.json()));
  }
};

extern template class BasicComputeClientV3<Blocking>;

/// The client in its ordinary mode: a method returns when its answer is there.
using ComputeClientV3 = BasicComputeClientV3<Blocking>;

}  // namespace globus_sdk::inline v0
