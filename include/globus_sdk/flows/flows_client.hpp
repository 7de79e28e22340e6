// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <string_view>

#include "globus_sdk/core/service_client.hpp"
#include "globus_sdk/flows/errors.hpp"
#include "globus_sdk/flows/flows_options.hpp"
#include "globus_sdk/flows/flows_responses.hpp"
#include "globus_sdk/flows/run.hpp"
#include "globus_sdk/scopes/scope_collections.hpp"

namespace globus_sdk::inline v0 {

namespace detail {
/// The document of a new flow.
///
/// @throws GlobusSDKUsageError for an empty title, and for a definition or a schema that is no
///   object; as the others do.
Payload flow_document(Text title, const Json& definition, const Json& input_schema,
                      const CreateFlowOptions& options);
/// The document of a change of a flow.
Payload flow_document(const UpdateFlowOptions& options);
/// The document of a flow that is to be checked.
Payload flow_document(const Json& definition, const ValidateFlowOptions& options);
/// The document of a change of a run.
Payload run_document(const UpdateRunOptions& options);
}  // namespace detail

/// Globus Flows: flows, their runs, and what runs ask of people. An authorizer for it has a user's
/// tokens for `flows.globus.org`. Runs are started by a SpecificFlowClient, with tokens of their
/// flow's own. Mirrors `globus_sdk.FlowsClient`.
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

  // ---- flows ------------------------------------------------------------------------------------

  /// Makes a flow. Its id is in `id`.
  ///
  /// @param title the flow's name: 1 to 128 characters, which other flows may have too.
  /// @param definition the states of the flow: an object.
  /// @param input_schema the JSON Schema of what a run is started with: an object.
  /// @see https://globusonline.github.io/globus-flows#tag/Flows/paths/~1flows/post
  Result<GlobusHTTPResponse> create_flow(Text title, Document definition, Document input_schema,
                                         Options<CreateFlowOptions> options = {}) const {
    return this->send(detail::post("/flows").json(
        detail::flow_document(title, definition.json(), input_schema.json(), options)));
  }

  /// The document of a flow.
  ///
  /// @param flow_id a UUID.
  /// @see https://globusonline.github.io/globus-flows#tag/Flows/paths/~1flows~1%7Bflow_id%7D/get
  Result<GlobusHTTPResponse> get_flow(Text flow_id, Options<GetFlowOptions> options = {}) const {
    return this->send(detail::get(detail::path("/flows/{flow_id}", {flow_id}))
                          .query_params(options.query_params));
  }

  /// The flows that the user may see; pages by marker.
  ///
  /// @see https://globusonline.github.io/globus-flows#tag/Flows/paths/~1flows/get
  Result<IterableFlowsResponse> list_flows(Options<ListFlowsOptions> options = {}) const {
    return this->template send_paged<IterableFlowsResponse>(
        detail::get("/flows")
            .query("filter_roles", options.filter_roles)
            .query("filter_fulltext", options.filter_fulltext)
            .query_each("orderby", options.orderby)
            .query("marker", options.marker)
            .query_params(options.query_params),
        {.kind = Paging::Kind::marker, .items_key = "flows"});
  }

  /// Changes a flow.
  ///
  /// @param flow_id a UUID.
  /// @see https://globusonline.github.io/globus-flows#tag/Flows/paths/~1flows~1%7Bflow_id%7D/put
  Result<GlobusHTTPResponse> update_flow(Text flow_id,
                                         Options<UpdateFlowOptions> options = {}) const {
    return this->send(detail::put(detail::path("/flows/{flow_id}", {flow_id}))
                          .json(detail::flow_document(options)));
  }

  /// Deletes a flow.
  ///
  /// @param flow_id a UUID.
  /// @see https://globusonline.github.io/globus-flows#tag/Flows/paths/~1flows~1%7Bflow_id%7D/delete
  Result<GlobusHTTPResponse> delete_flow(Text flow_id,
                                         Options<DeleteFlowOptions> options = {}) const {
    return this->send(detail::delete_(detail::path("/flows/{flow_id}", {flow_id}))
                          .query_params(options.query_params));
  }

  /// Checks what a flow is to be made of, and makes nothing. The scopes that its runs would need
  /// are in `scopes`.
  ///
  /// @param definition the states of the flow: an object.
  /// @throws FlowsAPIError when something is wrong, with a message for each mistake.
  /// @see https://globusonline.github.io/globus-flows#tag/Flows/paths/~1flows~1validate/post
  Result<GlobusHTTPResponse> validate_flow(Document definition,
                                           Options<ValidateFlowOptions> options = {}) const {
    return this->send(detail::post("/flows/validate")
                          .json(detail::flow_document(definition.json(), options))
                          .safe_to_repeat());
  }

  // ---- runs -------------------------------------------------------------------------------------

  /// The runs that the user may see; pages by marker.
  ///
  /// @see https://globusonline.github.io/globus-flows#tag/Runs/paths/~1runs/get
  Result<IterableRunsResponse> list_runs(Options<ListRunsOptions> options = {}) const {
    return this->template send_paged<IterableRunsResponse>(
        detail::get("/runs")
            .query("filter_flow_id", options.filter_flow_id)
            .query("filter_roles", options.filter_roles)
            .query("marker", options.marker)
            .query_params(options.query_params),
        {.kind = Paging::Kind::marker, .items_key = "runs"});
  }

  /// What happened in a run: its log; pages by marker.
  ///
  /// @param run_id a UUID.
  /// @see
  /// https://globusonline.github.io/globus-flows#tag/Runs/paths/~1runs~1%7Baction_id%7D~1log/get
  Result<IterableRunLogsResponse> get_run_logs(Text run_id,
                                               Options<GetRunLogsOptions> options = {}) const {
    return this->template send_paged<IterableRunLogsResponse>(
        detail::get(detail::path("/runs/{run_id}/log", {run_id}))
            .query("limit", options.limit)
            .query("reverse_order", options.reverse_order, BooleanStyle::word)
            .query("marker", options.marker)
            .query_params(options.query_params),
        {.kind = Paging::Kind::marker, .items_key = "entries"});
  }

  /// The document of a run. Its `status` is `ACTIVE`, `INACTIVE` while it waits for a person,
  /// `SUCCEEDED` or `FAILED`.
  ///
  /// @param run_id a UUID.
  /// @see https://globusonline.github.io/globus-flows#tag/Flows/paths/~1runs~1%7Brun_id%7D/get
  Result<GlobusHTTPResponse> get_run(Text run_id, Options<GetRunOptions> options = {}) const {
    return this->send(
        detail::get(detail::path("/runs/{run_id}", {run_id}))
            .query("include_flow_description", options.include_flow_description, BooleanStyle::word)
            .query_params(options.query_params));
  }

  /// The `definition` and `input_schema` that the flow had when a run was started.
  ///
  /// @param run_id a UUID.
  /// @see
  /// https://globusonline.github.io/globus-flows#tag/Flows/paths/~1runs~1%7Brun_id%7D~1definition/get
  Result<GlobusHTTPResponse> get_run_definition(Text run_id) const {
    return this->send(detail::get(detail::path("/runs/{run_id}/definition", {run_id})));
  }

  /// Cancels a run. It may be repeated: a run is cancelled only once.
  ///
  /// @param run_id a UUID.
  /// @see
  /// https://globusonline.github.io/globus-flows#tag/Runs/paths/~1runs~1%7Brun_id%7D~1cancel/post
  Result<GlobusHTTPResponse> cancel_run(Text run_id) const {
    return this->send(
        detail::post(detail::path("/runs/{run_id}/cancel", {run_id})).safe_to_repeat());
  }

  /// Changes what describes a run, and who may see and manage it.
  ///
  /// @param run_id a UUID.
  /// @see https://globusonline.github.io/globus-flows#tag/Runs/paths/~1runs~1%7Brun_id%7D/put
  Result<GlobusHTTPResponse> update_run(Text run_id, Options<UpdateRunOptions> options = {}) const {
    return this->send(
        detail::put(detail::path("/runs/{run_id}", {run_id})).json(detail::run_document(options)));
  }

  /// Deletes a run that has ended, with its log. The answer is its last document.
  ///
  /// @param run_id a UUID.
  /// @throws FlowsAPIError with the code `STATE_CONFLICT` while the run goes on.
  /// @see
  /// https://globusonline.github.io/globus-flows#tag/Runs/paths/~1runs~1%7Brun_id%7D~1release/post
  Result<GlobusHTTPResponse> delete_run(Text run_id) const {
    return this->send(
        detail::post(detail::path("/runs/{run_id}/release", {run_id})).safe_to_repeat());
  }

  // ---- registered APIs --------------------------------------------------------------------------

  /// The document of an API that flows can call.
  ///
  /// @param registered_api_id a UUID.
  /// @see
  /// https://globusonline.github.io/globus-flows#tag/Registered-APIs/paths/~1registered_apis~1%7Bregistered_api_id%7D/get
  Result<GlobusHTTPResponse> get_registered_api(
      Text registered_api_id, Options<GetRegisteredApiOptions> options = {}) const {
    return this->send(
        detail::get(detail::path("/registered_apis/{registered_api_id}", {registered_api_id}))
            .query_params(options.query_params));
  }

  /// The APIs that flows can call and the user may see; pages by marker.
  ///
  /// @see
  /// https://globusonline.github.io/globus-flows#tag/Registered-APIs/paths/~1registered_apis/get
  Result<IterableRegisteredAPIsResponse> list_registered_apis(
      Options<ListRegisteredApisOptions> options = {}) const {
    return this->template send_paged<IterableRegisteredAPIsResponse>(
        detail::get("/registered_apis")
            .query("filter_roles", options.filter_roles)
            .query_each("orderby", options.orderby)
            .query("per_page", options.per_page)
            .query("marker", options.marker)
            .query_params(options.query_params),
        {.kind = Paging::Kind::marker, .items_key = "registered_apis"});
  }

  // ---- web inputs -------------------------------------------------------------------------------

  /// What runs ask of the user: short documents of web inputs; pages by marker.
  ///
  /// @see https://globusonline.github.io/globus-flows#tag/Web-Inputs/paths/~1web_inputs/get
  Result<IterableWebInputsResponse> list_web_inputs(
      Options<ListWebInputsOptions> options = {}) const {
    return this->template send_paged<IterableWebInputsResponse>(
        detail::get("/web_inputs")
            .query("filter_roles", options.filter_roles)
            .query("filter_states", options.filter_states)
            .query("filter_flow_ids", options.filter_flow_ids)
            .query("filter_run_ids", options.filter_run_ids)
            .query("orderby", options.orderby)
            .query("per_page", options.per_page)
            .query("marker", options.marker)
            .query_params(options.query_params),
        {.kind = Paging::Kind::nullable_marker, .items_key = "web_input_summaries"});
  }

  /// The document of a web input, for users who have a role on it.
  ///
  /// @param web_input_id a UUID.
  /// @throws FlowsAPIError that asks for a login, in `info()`, when the flow is under an
  ///   authentication policy that the session does not satisfy.
  /// @see
  /// https://globusonline.github.io/globus-flows#tag/Web-Inputs/paths/~1web_inputs~1%7Bweb_input_id%7D/get
  Result<GlobusHTTPResponse> get_web_input(Text web_input_id) const {
    return this->send(detail::get(detail::path("/web_inputs/{web_input_id}", {web_input_id})));
  }

  /// Responds to a web input, for users who are its respondents.
  ///
  /// @param web_input_id a UUID.
  /// @param value the response, any JSON. For an input of the type `selection` it is the
  /// `option_id`
  ///   of one of the options.
  /// @throws FlowsAPIError as get_web_input does; with the code `STATE_CONFLICT` when the input is
  ///   closed already.
  /// @see
  /// https://globusonline.github.io/globus-flows#tag/Web-Inputs/paths/~1web_inputs~1%7Bweb_input_id%7D~1respond/post
  Result<GlobusHTTPResponse> respond_to_web_input(Text web_input_id, Document value) const {
    return this->send(
        detail::post(detail::path("/web_inputs/{web_input_id}/respond", {web_input_id}))
            .json(Payload().set("response", Payload().set("value", value.json()))));
  }
};

extern template class BasicFlowsClient<Blocking>;

/// The client in its ordinary mode: a method returns when its answer is there.
using FlowsClient = BasicFlowsClient<Blocking>;

}  // namespace globus_sdk::inline v0
