// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "globus_sdk/core/service_client.hpp"
#include "globus_sdk/flows/errors.hpp"
#include "globus_sdk/flows/flows_options.hpp"
#include "globus_sdk/flows/run_activity_notification_policy.hpp"
#include "globus_sdk/scopes/dynamic_scope_collections.hpp"

namespace globus_sdk::inline v0 {

namespace detail {
/// The state of a client for one flow.
Connection make_flow_connection(const Service& service, Text flow_id,
                                std::shared_ptr<const GlobusAuthorizer> authorizer,
                                const ClientOptions& options);
/// The same for a client that an app authorizes.
Connection make_flow_connection(const Service& service, Text flow_id,
                                std::shared_ptr<const AppBinding> app,
                                const ClientOptions& options);
/// The flow of such a client.
const std::string& flow_id_of(const Connection& connection);
void add_app_transfer_data_access_scope(const Connection& connection,
                                        const Strings& collection_ids);
/// The document of a new run.
///
/// @throws GlobusSDKUsageError for a body that is no object.
Payload run_document(const Json& body, const RunFlowOptions& options);
/// The document of a run that is to be checked.
Payload run_document(const Json& body, const ValidateRunOptions& options);
}  // namespace detail

/// One flow of Globus Flows: starts and resumes its runs. Each flow has tokens of its own: an
/// authorizer for this client has a user's tokens for the flow's id as their resource server.
/// FlowsClient has everything else that can be done with flows and runs.
/// Mirrors `globus_sdk.SpecificFlowClient`.
///
///     SpecificFlowClient flow{flow_id, app};
///     auto run = flow.run_flow({{"source", "/data/"}}, {.label = "nightly"});
template <class Mode>
class BasicSpecificFlowClient : public BasicServiceClient<BasicSpecificFlowClient, Mode> {
  using Base = BasicServiceClient<BasicSpecificFlowClient, Mode>;

 public:
  template <class T> using Result = typename Base::template Result<T>;
  template <class O> using Options = typename Base::template Options<O>;
  using Document = typename Base::Document;

  /// The class of the errors that Flows answers with.
  using Error = FlowsAPIError;
  /// As in the variable `GLOBUS_SDK_SERVICE_URL_FLOWS`.
  static constexpr std::string_view service_name = "flows";

  /// A client that sends no Authorization header.
  ///
  /// @param flow_id a UUID.
  /// @throws GlobusSDKUsageError when it is empty, as the other constructors do.
  explicit BasicSpecificFlowClient(Text flow_id, const ClientOptions& options = {})
      : Base(detail::make_flow_connection(detail::service_of<BasicSpecificFlowClient>, flow_id,
                                          std::shared_ptr<const GlobusAuthorizer>(), options)) {}
  /// @param flow_id a UUID.
  /// @param authorizer an authorizer with tokens for the flow.
  BasicSpecificFlowClient(Text flow_id, const AnyAuthorizer& authorizer,
                          const ClientOptions& options = {})
      : Base(detail::make_flow_connection(detail::service_of<BasicSpecificFlowClient>, flow_id,
                                          authorizer.get(), options)) {}
  /// @param flow_id a UUID.
  /// @param app the app whose tokens the client uses. The client adds the flow's `user` scope to
  ///   what the app requires, or `app_scopes`.
  template <detail::AppHandle App>
  BasicSpecificFlowClient(Text flow_id, const App& app, const ClientOptions& options = {})
      : Base(detail::make_flow_connection(detail::service_of<BasicSpecificFlowClient>, flow_id,
                                          std::shared_ptr<const detail::AppBinding>(app.binding()),
                                          options)) {}
  explicit BasicSpecificFlowClient(detail::Connection connection) : Base(std::move(connection)) {}

  /// The flow's id.
  const std::string& flow_id() const { return detail::flow_id_of(this->connection_); }
  /// The scopes of the flow.
  SpecificFlowScopes scopes() const { return SpecificFlowScopes(flow_id()); }

  /// Makes the app of this client require access to the data of collections for the runs of the
  /// flow: its `user` scope then depends on Transfer's, and that on the `data_access` of each
  /// collection. Without it a run that moves files of a mapped collection fails for a missing
  /// consent.
  ///
  /// Only mapped collections without high assurance have such a scope, and a login that asks for
  /// another one's fails. No collection is looked up here, which would need a token for Transfer.
  /// `TransferClient::get_endpoint` says what a collection is: `entity_type` is
  /// `GCSv5_mapped_collection`, and `high_assurance` is not true.
  ///
  /// @param collection_ids one or several UUIDs.
  /// @return this client.
  /// @throws GlobusSDKUsageError when the client has no app, or an id is no UUID.
  BasicSpecificFlowClient add_app_transfer_data_access_scope(const Strings& collection_ids) const {
    detail::add_app_transfer_data_access_scope(this->connection_, collection_ids);
    return *this;
  }

  /// Starts a run of the flow. Its id is in `run_id`, and FlowsClient::get_run follows it.
  ///
  /// A run has no id before it is started, so the SDK repeats the request only when it surely was
  /// not carried out.
  ///
  /// @param body what the flow is started with: an object, which the flow's `input_schema` has to
  ///   accept.
  /// @see
  /// https://globusonline.github.io/globus-flows#tag/Runs/paths/~1flows~1%7Bflow_id%7D~1run/post
  Result<GlobusHTTPResponse> run_flow(Document body, Options<RunFlowOptions> options = {}) const {
    return this->send(detail::post(detail::path("/flows/{flow_id}/run", {flow_id()}))
                          .json(detail::run_document(body.json(), options)));
  }

  /// Lets a run of the flow go on that waits for a person (`INACTIVE`), for a consent for example.
  ///
  /// @param run_id a UUID.
  /// @see
  /// https://globusonline.github.io/globus-flows#tag/Runs/paths/~1flows~1%7Bflow_id%7D~1runs~1%7Brun_id%7D~1resume/post
  Result<GlobusHTTPResponse> resume_run(Text run_id) const {
    return this->send(detail::post(detail::path("/runs/{run_id}/resume", {run_id})));
  }

  /// Checks what a run is to be started with, and starts nothing.
  ///
  /// @param body as that of run_flow.
  /// @throws FlowsAPIError when something is wrong, with a message for each mistake.
  /// @see
  /// https://globusonline.github.io/globus-flows#tag/Runs/paths/~1flows~1%7Bflow_id%7D~1validate_run/post
  Result<GlobusHTTPResponse> validate_run(Document body,
                                          Options<ValidateRunOptions> options = {}) const {
    return this->send(detail::post(detail::path("/flows/{flow_id}/validate_run", {flow_id()}))
                          .json(detail::run_document(body.json(), options))
                          .safe_to_repeat());
  }
};

extern template class BasicSpecificFlowClient<Blocking>;

/// The client in its ordinary mode: a method returns when its answer is there.
using SpecificFlowClient = BasicSpecificFlowClient<Blocking>;

}  // namespace globus_sdk::inline v0
