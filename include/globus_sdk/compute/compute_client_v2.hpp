// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <string_view>

#include "globus_sdk/compute/compute_options.hpp"
#include "globus_sdk/compute/errors.hpp"
#include "globus_sdk/core/service_client.hpp"
#include "globus_sdk/scopes/scope_collections.hpp"

namespace globus_sdk::inline v0 {

/// Globus Compute, version 2 of its API: endpoints, functions, and tasks that run them. An
/// authorizer for it has a user's tokens for `funcx_service`.
/// Mirrors `globus_sdk.ComputeClientV2`.
template <class Mode>
class BasicComputeClientV2 : public BasicServiceClient<BasicComputeClientV2, Mode> {
  using Base = BasicServiceClient<BasicComputeClientV2, Mode>;

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

  // ---- the service ------------------------------------------------------------------------------

  /// The version of the API: a text, or an object where options.service asks for more.
  ///
  /// @see https://compute.api.globus.org/redoc#tag/Root/operation/get_version_v2_version_get
  Result<GlobusHTTPResponse> get_version(Options<GetVersionOptions> options = {}) const {
    return this->send(detail::get("/v2/version").query("service", options.service));
  }

  /// New credentials for the message queue from which results can be read as they come. The answer
  /// holds a secret: the password is part of `connection_url`.
  ///
  /// @see
  /// https://compute.api.globus.org/redoc#tag/Root/operation/get_user_specific_result_amqp_url_v2_get_amqp_result_connection_url_get
  Result<GlobusHTTPResponse> get_result_amqp_url() const {
    return this->send(detail::get("/v2/get_amqp_result_connection_url"));
  }

  // ---- endpoints --------------------------------------------------------------------------------

  /// Registers an endpoint. The answer holds secrets: passwords for the endpoint's queues.
  ///
  /// @param data an endpoint's registration.
  /// @see
  /// https://compute.api.globus.org/redoc#tag/Endpoints/operation/register_endpoint_v2_endpoints_post
  Result<GlobusHTTPResponse> register_endpoint(Document data) const {
    return this->send(detail::post("/v2/endpoints").json(data.json()));
  }

  /// The document of an endpoint.
  ///
  /// @param endpoint_id a UUID.
  /// @see
  /// https://compute.api.globus.org/redoc#tag/Endpoints/operation/get_endpoint_v2_endpoints__endpoint_uuid__get
  Result<GlobusHTTPResponse> get_endpoint(Text endpoint_id) const {
    return this->send(detail::get(detail::path("/v2/endpoints/{endpoint_id}", {endpoint_id})));
  }

  /// Whether an endpoint is online, and how busy it is.
  ///
  /// @param endpoint_id a UUID.
  /// @see
  /// https://compute.api.globus.org/redoc#tag/Endpoints/operation/get_endpoint_status_v2_endpoints__endpoint_uuid__status_get
  Result<GlobusHTTPResponse> get_endpoint_status(Text endpoint_id) const {
    return this->send(
        detail::get(detail::path("/v2/endpoints/{endpoint_id}/status", {endpoint_id})));
  }

  /// The endpoints of the user: an array.
  ///
  /// @see
  /// https://compute.api.globus.org/redoc#tag/Endpoints/operation/get_endpoints_v2_endpoints_get
  Result<GlobusHTTPResponse> get_endpoints(Options<GetEndpointsOptions> options = {}) const {
    return this->send(detail::get("/v2/endpoints").query("role", options.role));
  }

  /// Deletes an endpoint.
  ///
  /// @param endpoint_id a UUID.
  /// @see
  /// https://compute.api.globus.org/redoc#tag/Endpoints/operation/delete_endpoint_v2_endpoints__endpoint_uuid__delete
  Result<GlobusHTTPResponse> delete_endpoint(Text endpoint_id) const {
    return this->send(detail::delete_(detail::path("/v2/endpoints/{endpoint_id}", {endpoint_id})));
  }

  /// Keeps an endpoint from being registered again for a while; until when is in
  /// `lock_expiration_timestamp`.
  ///
  /// @param endpoint_id a UUID.
  /// @see
  /// https://compute.api.globus.org/redoc#tag/Endpoints/operation/lock_endpoint_v2_endpoints__endpoint_uuid__lock_post
  Result<GlobusHTTPResponse> lock_endpoint(Text endpoint_id) const {
    return this->send(
        detail::post(detail::path("/v2/endpoints/{endpoint_id}/lock", {endpoint_id})));
  }

  // ---- functions --------------------------------------------------------------------------------

  /// Registers a function; its id is in `function_uuid`.
  ///
  /// @param data a function's registration, with `function_name` and `function_code`.
  /// @see
  /// https://compute.api.globus.org/redoc#tag/Functions/operation/register_function_v2_functions_post
  Result<GlobusHTTPResponse> register_function(Document data) const {
    return this->send(detail::post("/v2/functions").json(data.json()));
  }

  /// The document of a function.
  ///
  /// @param function_id a UUID.
  /// @see
  /// https://compute.api.globus.org/redoc#tag/Functions/operation/get_function_v2_functions__function_uuid__get
  Result<GlobusHTTPResponse> get_function(Text function_id) const {
    return this->send(detail::get(detail::path("/v2/functions/{function_id}", {function_id})));
  }

  /// Deletes a function.
  ///
  /// @param function_id a UUID.
  /// @see
  /// https://compute.api.globus.org/redoc#tag/Functions/operation/delete_function_v2_functions__function_uuid__delete
  Result<GlobusHTTPResponse> delete_function(Text function_id) const {
    return this->send(detail::delete_(detail::path("/v2/functions/{function_id}", {function_id})));
  }

  // ---- tasks ------------------------------------------------------------------------------------

  /// The state of a task, in `status`, and what its function returned, in `result`, once it has
  /// ended.
  ///
  /// @param task_id a UUID.
  /// @see
  /// https://compute.api.globus.org/redoc#tag/Tasks/operation/get_task_status_and_result_v2_tasks__task_uuid__get
  Result<GlobusHTTPResponse> get_task(Text task_id) const {
    return this->send(detail::get(detail::path("/v2/tasks/{task_id}", {task_id})));
  }

  /// The same for several tasks: an object with a member for each id, in `results`. It changes
  /// nothing, so the request is repeated like a GET.
  ///
  /// @param task_ids one or several UUIDs.
  /// @see
  /// https://compute.api.globus.org/redoc#tag/Root/operation/get_batch_status_v2_batch_status_post
  Result<GlobusHTTPResponse> get_task_batch(const Strings& task_ids) const {
    return this->send(
        detail::post("/v2/batch_status")
            .json(Payload().set("task_ids", Json(detail::require_each("task_ids", task_ids))))
            .safe_to_repeat());
  }

  /// The tasks that were submitted together, in `tasks`.
  ///
  /// @param task_group_id a UUID.
  /// @see
  /// https://compute.api.globus.org/redoc#tag/TaskGroup/operation/get_task_group_tasks_v2_taskgroup__task_group_uuid__get
  Result<GlobusHTTPResponse> get_task_group(Text task_group_id) const {
    return this->send(detail::get(detail::path("/v2/taskgroup/{task_group_id}", {task_group_id})));
  }

  /// Submits tasks, each of them for an endpoint and a function.
  ///
  /// @param data a batch of tasks.
  /// @return a document with the group of the tasks in `task_group_id`, and their ids in `results`.
  /// @see https://compute.api.globus.org/redoc#tag/Root/operation/submit_batch_v2_submit_post
  Result<GlobusHTTPResponse> submit(Document data) const {
    return this->send(detail::post("/v2/submit").json(data.json()));
  }
};

extern template class BasicComputeClientV2<Blocking>;

/// The client in its ordinary mode: a method returns when its answer is there.
using ComputeClientV2 = BasicComputeClientV2<Blocking>;

}  // namespace globus_sdk::inline v0
