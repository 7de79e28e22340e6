// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <string_view>

#include "globus_sdk/core/service_client.hpp"
#include "globus_sdk/scopes/scope_collections.hpp"
#include "globus_sdk/transfer/delete_data.hpp"
#include "globus_sdk/transfer/errors.hpp"
#include "globus_sdk/transfer/iterable_transfer_response.hpp"
#include "globus_sdk/transfer/task_document.hpp"
#include "globus_sdk/transfer/task_wait.hpp"
#include "globus_sdk/transfer/transfer_data.hpp"
#include "globus_sdk/transfer/transfer_options.hpp"

namespace globus_sdk::inline v0 {

namespace detail {
/// Whether an answer with a transient status is about somebody else's system, and will be the same
/// next time.
bool is_about_an_endpoint(const Answer& answer);
void add_app_data_access_scope(const Connection& connection, const Strings& collection_ids);
TaskWaitOptions checked(TaskWaitOptions options);
}  // namespace detail

/// Globus Transfer: collections, the files in them, and tasks that move and delete files. An
/// authorizer for it has a user's tokens for `transfer.api.globus.org`.
/// Mirrors `globus_sdk.TransferClient`.
template <class Mode>
class BasicTransferClient : public BasicServiceClient<BasicTransferClient, Mode> {
  using Base = BasicServiceClient<BasicTransferClient, Mode>;

 public:
  using Base::Base;
  template <class T> using Result = typename Base::template Result<T>;
  template <class O> using Options = typename Base::template Options<O>;
  using Document = typename Base::Document;
  /// The parameter type for what is submitted: in the ordinary mode, `const TaskDocument&`.
  using Submission = typename Mode::template DocumentOf<TaskDocument>;

  /// The class of the errors that Transfer answers with.
  using Error = TransferAPIError;
  /// As in the variable `GLOBUS_SDK_SERVICE_URL_TRANSFER`.
  static constexpr std::string_view service_name = "transfer";
  /// The key under which an app keeps the client's tokens.
  static constexpr std::string_view resource_server = TransferScopes.resource_server;
  /// The scopes that a client adds to what its app requires.
  static constexpr std::array<std::string_view, 1> default_scopes{TransferScopes.all};
  /// For the SDK's own use.
  static constexpr auto is_permanent = &detail::is_about_an_endpoint;

  /// Makes the app of this client require access to the data of collections. For each collection
  /// that has a `data_access` scope, the app then requires a consent to it: mapped collections
  /// without high assurance have one. The kind of each collection is looked up with the app's token
  /// before the next request, so that one login is enough. Python asks for the scope of every
  /// collection, and the login fails for a collection without it.
  ///
  /// @param collection_ids one or several UUIDs.
  /// @return this client.
  /// @throws GlobusSDKUsageError when the client has no app, or an id is no UUID.
  BasicTransferClient add_app_data_access_scope(const Strings& collection_ids) const {
    detail::add_app_data_access_scope(this->connection_, collection_ids);
    return *this;
  }

  // ---- endpoints and collections ----------------------------------------------------------------

  /// The document of an endpoint or collection.
  ///
  /// @param endpoint_id a UUID.
  /// @see
  /// https://docs.globus.org/api/transfer/endpoints_and_collections/#get_endpoint_or_collection_by_id
  Result<GlobusHTTPResponse> get_endpoint(Text endpoint_id,
                                          Options<GetEndpointOptions> options = {}) const {
    return this->send(detail::get(detail::path("/v0.10/endpoint/{endpoint_id}", {endpoint_id}))
                          .query_params(options.query_params));
  }

  /// Endpoints and collections that match; pages by limit and offset, 1000 in all.
  ///
  /// @see https://docs.globus.org/api/transfer/endpoint_and_collection_search/
  Result<IterableTransferResponse> endpoint_search(
      Options<EndpointSearchOptions> options = {}) const {
    return this->template send_paged<IterableTransferResponse>(
        detail::get("/v0.10/endpoint_search")
            .query("filter_scope", options.filter_scope)
            .query("filter_owner_id", options.filter_owner_id)
            .query("filter_host_endpoint", options.filter_host_endpoint)
            .query("filter_fulltext", options.filter_fulltext)
            .query("filter_non_functional", options.filter_non_functional, BooleanStyle::digit)
            .query("filter_entity_type", options.filter_entity_type)
            .query("limit", options.limit)
            .query("offset", options.offset)
            .query_params(options.query_params),
        {.kind = Paging::Kind::has_next,
         .items_key = "DATA",
         .max_total_results = 1000,
         .page_size = 100});
  }

  // ---- files ------------------------------------------------------------------------------------

  /// The files and folders in a folder.
  ///
  /// @param endpoint_id a collection's UUID.
  /// @see https://docs.globus.org/api/transfer/file_operations/#list_directory_contents
  Result<IterableTransferResponse> operation_ls(Text endpoint_id,
                                                Options<OperationLsOptions> options = {}) const {
    return this->template send<IterableTransferResponse>(
        detail::get(detail::path("/v0.10/operation/endpoint/{endpoint_id}/ls", {endpoint_id}))
            .query("path", options.path)
            .query("show_hidden", options.show_hidden, BooleanStyle::digit)
            .query("orderby", options.orderby)
            .query("limit", options.limit)
            .query("offset", options.offset)
            .query("filter", options.filter)
            .query("local_user", options.local_user)
            .query_params(options.query_params));
  }

  /// The document of one file or folder.
  ///
  /// @see https://docs.globus.org/api/transfer/file_operations/#stat
  Result<GlobusHTTPResponse> operation_stat(Text endpoint_id,
                                            Options<OperationStatOptions> options = {}) const {
    return this->send(
        detail::get(detail::path("/v0.10/operation/endpoint/{endpoint_id}/stat", {endpoint_id}))
            .query("path", options.path)
            .query("local_user", options.local_user)
            .query_params(options.query_params));
  }

  /// Makes a folder. It is not sent again when the answer is lost: the folder may be there already,
  /// and that would be an error.
  ///
  /// @see https://docs.globus.org/api/transfer/file_operations/#make_directory
  Result<GlobusHTTPResponse> operation_mkdir(Text endpoint_id, Text path,
                                             Options<OperationMkdirOptions> options = {}) const {
    return this->send(
        detail::post(detail::path("/v0.10/operation/endpoint/{endpoint_id}/mkdir", {endpoint_id}))
            .json(Payload()
                      .set("DATA_TYPE", "mkdir")
                      .set("path", detail::require("path", path))
                      .set("local_user", options.local_user))
            .query_params(options.query_params));
  }

  /// Renames a file or folder, or moves it within the collection.
  ///
  /// @see https://docs.globus.org/api/transfer/file_operations/#rename
  Result<GlobusHTTPResponse> operation_rename(Text endpoint_id, Text oldpath, Text newpath,
                                              Options<OperationRenameOptions> options = {}) const {
    return this->send(
        detail::post(detail::path("/v0.10/operation/endpoint/{endpoint_id}/rename", {endpoint_id}))
            .json(Payload()
                      .set("DATA_TYPE", "rename")
                      .set("old_path", detail::require("oldpath", oldpath))
                      .set("new_path", detail::require("newpath", newpath))
                      .set("local_user", options.local_user))
            .query_params(options.query_params));
  }

  // ---- submitting tasks -------------------------------------------------------------------------

  /// A new submission id, in `value`. submit_transfer and submit_delete fetch one by themselves.
  ///
  /// @see https://docs.globus.org/api/transfer/task_submit/#get_submission_id
  Result<GlobusHTTPResponse> get_submission_id(Options<GetSubmissionIdOptions> options = {}) const {
    return this->send(detail::get("/v0.10/submission_id").query_params(options.query_params));
  }

  /// Submits a transfer. Where `data` has no submission id, one is fetched and stored in it before
  /// anything is submitted: neither a retry nor submitting the same data again makes a second task.
  /// A document of your own without a `submission_id` gets a new one each time.
  ///
  /// A call that does not throw has succeeded. Its `code` is `Accepted`, or `Duplicate` where
  /// Transfer had this submission already: the SDK repeated a request whose answer was lost, or the
  /// data was submitted before. Both have the `task_id` of the one task.
  ///
  /// @param data TransferData, or a document of your own.
  /// @return a document with `task_id`, `submission_id`, `code` and `message`.
  /// @see https://docs.globus.org/api/transfer/task_submit/#submit_transfer_task
  Result<GlobusHTTPResponse> submit_transfer(Submission data) const;

  /// Submits a deletion. Submission ids work as in submit_transfer.
  ///
  /// A call that does not throw has succeeded, whether `code` is `Accepted` or `Duplicate`, as with
  /// submit_transfer.
  ///
  /// @param data DeleteData, or a document of your own.
  /// @return a document with `task_id`, `submission_id`, `code` and `message`.
  /// @see https://docs.globus.org/api/transfer/task_submit/#submit_delete_task
  Result<GlobusHTTPResponse> submit_delete(Submission data) const;

  // ---- tasks ------------------------------------------------------------------------------------

  /// The user's tasks, the newest first; pages by limit and offset, 1000 in all.
  ///
  /// @see https://docs.globus.org/api/transfer/task/#get_task_list
  Result<IterableTransferResponse> task_list(Options<TaskListOptions> options = {}) const {
    return this->template send_paged<IterableTransferResponse>(
        detail::get("/v0.10/task_list")
            .query("limit", options.limit)
            .query("offset", options.offset)
            .query("orderby", options.orderby)
            .query("filter", options.filter)
            .query_params(options.query_params),
        limit_offset_total());
  }

  /// A task's document: its status, what it has done, its faults.
  ///
  /// @see https://docs.globus.org/api/transfer/task/#get_task_by_id
  Result<GlobusHTTPResponse> get_task(Text task_id, Options<GetTaskOptions> options = {}) const {
    return this->send(detail::get(detail::path("/v0.10/task/{task_id}", {task_id}))
                          .query_params(options.query_params));
  }

  /// Changes the label or deadline of a task that is not done.
  ///
  /// @param data a task document with what is to change.
  /// @see https://docs.globus.org/api/transfer/task/#update_task_by_id
  Result<GlobusHTTPResponse> update_task(Text task_id, Document data,
                                         Options<UpdateTaskOptions> options = {}) const {
    return this->send(detail::put(detail::path("/v0.10/task/{task_id}", {task_id}))
                          .json(data.json())
                          .query_params(options.query_params));
  }

  /// Cancels a task. Cancelling it twice does no more than once, so the request is repeated like a
  /// GET.
  ///
  /// @see https://docs.globus.org/api/transfer/task/#cancel_task_by_id
  Result<GlobusHTTPResponse> cancel_task(Text task_id) const {
    return this->send(
        detail::post(detail::path("/v0.10/task/{task_id}/cancel", {task_id})).safe_to_repeat());
  }

  /// Waits until a task is not ACTIVE any more, or the time is over. It asks for the task at once,
  /// then every `polling_interval`, and once more shortly before the end. No such request lasts
  /// longer than the wait.
  ///
  /// True does not say that the task went well, nor even that it has ended: `task()["status"]` is
  /// SUCCEEDED, FAILED or, as in Python, INACTIVE. An INACTIVE task is suspended because the
  /// credentials of one of its collections expired (its `nice_status` is CREDENTIALS_EXPIRED). Its
  /// user has to log in to that collection again, at app.globus.org for example. Then the task goes
  /// on by itself, and another task_wait with the same id waits for its end. Until then further
  /// waits return true at once, and the task fails at its deadline.
  ///
  /// @return true when the task is not ACTIVE any more. False when `timeout` is over, or a fault
  ///   ended the wait.
  /// @throws GlobusTimeoutError when the deadline of the client's settings comes before `timeout`
  ///   is over; CancelledError when a stop is requested; what asking for the task
  ///   throws.
  /// @throws GlobusSDKUsageError for a timeout that is not more than 0, or a polling_interval of
  ///   less than 1 s.
  Result<TaskWaitResult> task_wait(Text task_id, Options<TaskWaitOptions> options = {}) const;

  /// The events of a task, the newest first; pages by limit and offset, 1000 in all.
  ///
  /// @see https://docs.globus.org/api/transfer/task/#get_event_list
  Result<IterableTransferResponse> task_event_list(
      Text task_id, Options<TaskEventListOptions> options = {}) const {
    return this->template send_paged<IterableTransferResponse>(
        detail::get(detail::path("/v0.10/task/{task_id}/event_list", {task_id}))
            .query("limit", options.limit)
            .query("offset", options.offset)
            .query_params(options.query_params),
        limit_offset_total());
  }

  /// The files that a successful task transferred; pages by marker.
  ///
  /// @see https://docs.globus.org/api/transfer/task/#get_task_successful_transfers
  Result<IterableTransferResponse> task_successful_transfers(
      Text task_id, Options<TaskSuccessfulTransfersOptions> options = {}) const {
    return this->template send_paged<IterableTransferResponse>(
        detail::get(detail::path("/v0.10/task/{task_id}/successful_transfers", {task_id}))
            .query("marker", options.marker)
            .query_params(options.query_params),
        next_marker());
  }

  /// The files that a task skipped, and why; pages by marker.
  ///
  /// @see https://docs.globus.org/api/transfer/task/#get_task_skipped_errors
  Result<IterableTransferResponse> task_skipped_errors(
      Text task_id, Options<TaskSkippedErrorsOptions> options = {}) const {
    return this->template send_paged<IterableTransferResponse>(
        detail::get(detail::path("/v0.10/task/{task_id}/skipped_errors", {task_id}))
            .query("marker", options.marker)
            .query_params(options.query_params),
        next_marker());
  }

 private:
  static Paging limit_offset_total() {
    return {.kind = Paging::Kind::limit_offset_total,
            .items_key = "DATA",
            .max_total_results = 1000,
            .page_size = 1000};
  }
  static Paging next_marker() {
    return {
        .kind = Paging::Kind::nullable_marker, .items_key = "DATA", .marker_key = "next_marker"};
  }
};

extern template class BasicTransferClient<Blocking>;

/// The client in its ordinary mode: a method returns when its answer is there.
using TransferClient = BasicTransferClient<Blocking>;

}  // namespace globus_sdk::inline v0
