// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <string_view>

#include "globus_sdk/core/service_client.hpp"
#include "globus_sdk/scopes/scope_collections.hpp"
#include "globus_sdk/timers/errors.hpp"
#include "globus_sdk/timers/flow_timer.hpp"
#include "globus_sdk/timers/timer.hpp"
#include "globus_sdk/timers/timer_job.hpp"
#include "globus_sdk/timers/timer_schedules.hpp"
#include "globus_sdk/timers/timers_options.hpp"
#include "globus_sdk/timers/transfer_timer.hpp"

namespace globus_sdk::inline v0 {

namespace detail {
void add_timers_data_access_scope(const Connection& connection, const Strings& collection_ids);
void add_timers_flow_scope(const Connection& connection, const Strings& flow_ids);
/// The body that makes a timer.
///
/// @throws GlobusSDKUsageError for what is no object, and for the document of a TimerJob.
Json timer_body(const Json& timer);
/// The body that makes a job.
///
/// @throws GlobusSDKUsageError for what is no object, and for the document of a timer.
Json job_body(const Json& data);
}  // namespace detail

/// Globus Timers: transfers and flows that run at set times. An authorizer for it has a user's
/// tokens for `524230d7-ea86-4a52-8312-86065a9e0417`. Mirrors `globus_sdk.TimersClient`.
///
/// Timers are called jobs in the first version of the API, and in the methods that use it.
template <class Mode> class BasicTimersClient : public BasicServiceClient<BasicTimersClient, Mode> {
  using Base = BasicServiceClient<BasicTimersClient, Mode>;

 public:
  using Base::Base;
  template <class T> using Result = typename Base::template Result<T>;
  template <class O> using Options = typename Base::template Options<O>;
  using Document = typename Base::Document;

  /// The class of the errors that Timers answers with.
  using Error = TimersAPIError;
  /// As in the variable `GLOBUS_SDK_SERVICE_URL_TIMER`.
  static constexpr std::string_view service_name = "timer";
  /// The key under which an app keeps the client's tokens.
  static constexpr std::string_view resource_server = TimersScopes.resource_server;
  /// The scopes that a client adds to what its app requires.
  static constexpr std::array<std::string_view, 1> default_scopes{TimersScopes.timer};

  // ---- what the app requires --------------------------------------------------------------------

  /// Makes the app of this client require consents to the data of collections, for timers that
  /// transfer from or to them. Only for mapped collections without high assurance: others have no
  /// `data_access` scope, and a login that asks for it fails. Nothing is looked up, unlike in
  /// TransferClient::add_app_data_access_scope: an app for timers has no tokens for Transfer.
  ///
  /// @param collection_ids one or several UUIDs.
  /// @return this client.
  /// @throws GlobusSDKUsageError when the client has no app, or an id is no UUID.
  BasicTimersClient add_app_transfer_data_access_scope(const Strings& collection_ids) const {
    detail::add_timers_data_access_scope(this->connection_, collection_ids);
    return *this;
  }

  /// Makes the app of this client require consents to flows, for timers that run them.
  ///
  /// @param flow_ids one or several UUIDs.
  /// @return this client.
  /// @throws GlobusSDKUsageError when the client has no app, or an id is no UUID.
  BasicTimersClient add_app_flow_user_scope(const Strings& flow_ids) const {
    detail::add_timers_flow_scope(this->connection_, flow_ids);
    return *this;
  }

  // ---- timers -----------------------------------------------------------------------------------

  /// The user's timers, in `jobs`.
  ///
  /// @see https://docs.globus.org/api/timers
  Result<GlobusHTTPResponse> list_jobs(Options<ListJobsOptions> options = {}) const {
    return this->send(detail::get("/jobs/").query_params(options.query_params));
  }

  /// The document of a timer.
  ///
  /// @param job_id a UUID.
  /// @see https://docs.globus.org/api/timers
  Result<GlobusHTTPResponse> get_job(Text job_id, Options<GetJobOptions> options = {}) const {
    return this->send(
        detail::get(detail::path("/jobs/{job_id}", {job_id})).query_params(options.query_params));
  }

  /// Makes a timer that transfers files or runs a flow.
  ///
  /// @param timer TransferTimer, FlowTimer, or a document of your own.
  /// @return a document with the new timer in `timer`, its id in `job_id`.
  /// @throws GlobusSDKUsageError for a TimerJob, which is for create_job.
  /// @see https://docs.globus.org/api/timers
  Result<GlobusHTTPResponse> create_timer(Document timer) const {
    return this->send(detail::post("/v2/timer").json(detail::timer_body(timer.json())));
  }

  /// Makes a timer that runs an action provider. For transfers and flows there is create_timer.
  ///
  /// @param data TimerJob, or a document of your own.
  /// @return the document of the new timer, its id in `job_id`.
  /// @throws GlobusSDKUsageError for a TransferTimer or FlowTimer, which are for create_timer.
  /// @see https://docs.globus.org/api/timers
  Result<GlobusHTTPResponse> create_job(Document data) const {
    return this->send(detail::post("/jobs/").json(detail::job_body(data.json())));
  }

  /// Changes a timer.
  ///
  /// @param job_id a UUID.
  /// @param data a document with what is to change, such as `{{"name", "weekly"}}`.
  /// @see https://docs.globus.org/api/timers
  Result<GlobusHTTPResponse> update_job(Text job_id, Document data) const {
    return this->send(detail::patch(detail::path("/jobs/{job_id}", {job_id})).json(data.json()));
  }

  /// Deletes a timer: it runs no more.
  ///
  /// @param job_id a UUID.
  /// @return the document of the timer as it was.
  /// @see https://docs.globus.org/api/timers
  Result<GlobusHTTPResponse> delete_job(Text job_id) const {
    return this->send(detail::delete_(detail::path("/jobs/{job_id}", {job_id})));
  }

  /// Makes a timer inactive: it does not run until it is resumed.
  ///
  /// @param job_id a UUID.
  /// @see https://docs.globus.org/api/timers/timer-schedules
  Result<GlobusHTTPResponse> pause_job(Text job_id) const {
    return this->send(detail::post(detail::path("/jobs/{job_id}/pause", {job_id})));
  }

  /// Makes an inactive timer run again.
  ///
  /// @param job_id a UUID.
  /// @see https://docs.globus.org/api/timers/timer-schedules
  Result<GlobusHTTPResponse> resume_job(Text job_id, Options<ResumeJobOptions> options = {}) const {
    return this->send(detail::post(detail::path("/jobs/{job_id}/resume", {job_id}))
                          .json(Payload().set("update_credentials", options.update_credentials)));
  }
};

extern template class BasicTimersClient<Blocking>;

/// The client in its ordinary mode: a method returns when its answer is there.
using TimersClient = BasicTimersClient<Blocking>;

}  // namespace globus_sdk::inline v0
