// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <string_view>

#include "globus_sdk/core/integer_or_text.hpp"
#include "globus_sdk/core/service_client.hpp"
#include "globus_sdk/scopes/scope_collections.hpp"
#include "globus_sdk/transfer/create_tunnel_data.hpp"
#include "globus_sdk/transfer/delete_data.hpp"
#include "globus_sdk/transfer/endpoint.hpp"
#include "globus_sdk/transfer/errors.hpp"
#include "globus_sdk/transfer/file_entry.hpp"
#include "globus_sdk/transfer/iterable_transfer_response.hpp"
#include "globus_sdk/transfer/task.hpp"
#include "globus_sdk/transfer/task_document.hpp"
#include "globus_sdk/transfer/task_wait.hpp"
#include "globus_sdk/transfer/transfer_data.hpp"
#include "globus_sdk/transfer/transfer_options.hpp"
#include "globus_sdk/transfer/tunnel_state_options.hpp"

namespace globus_sdk::inline v0 {

namespace detail {
/// Whether an answer with a transient status is about somebody else's system, and will be the same
/// next time.
bool is_about_an_endpoint(const Answer& answer);
void add_app_data_access_scope(const Connection& connection, const Strings& collection_ids);
TaskWaitOptions checked(TaskWaitOptions options);
/// The document of a new tunnel, with a submission id.
///
/// @throws GlobusSDKUsageError when it has no `data`.
Json tunnel_document(const Json& document);
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
         .page_size = 100,
         .max_page_size = 100});
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

  /// Makes a symbolic link. It is not sent again when the answer is lost: the link may be there
  /// already, and that would be an error. This is beyond the Python SDK.
  ///
  /// @param endpoint_id a collection's UUID.
  /// @param symlink_target the path that the link leads to; it need not exist.
  /// @param path the path of the link itself.
  /// @see https://docs.globus.org/api/transfer/file_operations/#symlink
  Result<GlobusHTTPResponse> operation_symlink(
      Text endpoint_id, Text symlink_target, Text path,
      Options<OperationSymlinkOptions> options = {}) const {
    return this->send(
        detail::post(detail::path("/v0.10/operation/endpoint/{endpoint_id}/symlink", {endpoint_id}))
            .json(Payload()
                      .set("DATA_TYPE", "symlink")
                      .set("symlink_target", detail::require("symlink_target", symlink_target))
                      .set("path", detail::require("path", path)))
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

  /// Removes a task. This is beyond the Python SDK.
  ///
  /// @param task_id a UUID.
  /// @see https://docs.globus.org/api/transfer/task/#remove_task_by_id
  Result<GlobusHTTPResponse> remove_task(Text task_id) const {
    return this->send(detail::post(detail::path("/v0.10/task/{task_id}/remove", {task_id})));
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

  // ---- managing endpoints and collections -------------------------------------------------------

  /// Changes those members of an endpoint or collection that the document has.
  ///
  /// @param endpoint_id a UUID.
  /// @param data an endpoint document with what is to change.
  /// @see https://docs.globus.org/api/transfer/gcp_management/#update_collection_by_id
  Result<GlobusHTTPResponse> update_endpoint(Text endpoint_id, Document data,
                                             Options<UpdateEndpointOptions> options = {}) const {
    return this->send(detail::put(detail::path("/v0.10/endpoint/{endpoint_id}", {endpoint_id}))
                          .json(data.json())
                          .query_params(options.query_params));
  }

  /// Sets the subscription of a mapped collection.
  ///
  /// @param collection_id a UUID.
  /// @param subscription_id a UUID; `DEFAULT` for the one subscription that the user has; null for
  /// none.
  /// @see https://docs.globus.org/api/transfer/gcp_management/#associate_collection_subscription
  Result<GlobusHTTPResponse> set_subscription_id(
      Text collection_id, const Nullable<std::string>& subscription_id) const {
    return this->send(
        detail::put(detail::path("/v0.10/endpoint/{collection_id}/subscription", {collection_id}))
            .json(Payload().set("subscription_id",
                                detail::require_given("subscription_id", subscription_id))));
  }

  /// Says whether an administrator of the subscription has verified a collection of Globus Connect
  /// Personal.
  ///
  /// @param collection_id a UUID.
  /// @param subscription_admin_verified whether it is verified.
  /// @see https://docs.globus.org/api/transfer/gcp_management/#set_subscription_admin_verified
  Result<GlobusHTTPResponse> set_subscription_admin_verified(
      Text collection_id, bool subscription_admin_verified) const {
    return this->send(
        detail::put(detail::path("/v0.10/endpoint/{collection_id}/subscription_admin_verified",
                                 {collection_id}))
            .json(Payload().set("subscription_admin_verified", Json(subscription_admin_verified))));
  }

  /// Makes a guest collection in a collection of Globus Connect Personal.
  ///
  /// @param data a `shared_endpoint` document.
  /// @see https://docs.globus.org/api/transfer/gcp_management/#create_guest_collection
  Result<GlobusHTTPResponse> create_shared_endpoint(Document data) const {
    return this->send(detail::post("/v0.10/shared_endpoint").json(data.json()));
  }

  /// Deletes an endpoint or collection.
  ///
  /// @param endpoint_id a UUID.
  /// @see https://docs.globus.org/api/transfer/gcp_management/#delete_collection_by_id
  Result<GlobusHTTPResponse> delete_endpoint(Text endpoint_id) const {
    return this->send(
        detail::delete_(detail::path("/v0.10/endpoint/{endpoint_id}", {endpoint_id})));
  }

  /// The servers of an endpoint.
  ///
  /// @param endpoint_id a UUID.
  /// @see
  /// https://docs.globus.org/api/transfer/endpoints_and_collections/#get_endpoint_or_collection_server_list
  Result<IterableTransferResponse> endpoint_server_list(
      Text endpoint_id, Options<EndpointServerListOptions> options = {}) const {
    return this->template send<IterableTransferResponse>(
        detail::get(detail::path("/v0.10/endpoint/{endpoint_id}/server_list", {endpoint_id}))
            .query_params(options.query_params));
  }

  /// The document of one server of an endpoint.
  ///
  /// @param endpoint_id a UUID.
  /// @param server_id an integer or a text.
  /// @see https://docs.globus.org/api/transfer/endpoints_and_collections/#get_server_by_id
  Result<GlobusHTTPResponse> get_endpoint_server(
      Text endpoint_id, const IntegerOrText& server_id,
      Options<GetEndpointServerOptions> options = {}) const {
    return this->send(detail::get(detail::path("/v0.10/endpoint/{endpoint_id}/server/{server_id}",
                                               {endpoint_id, server_id.text()}))
                          .query_params(options.query_params));
  }

  /// The guest collections of the user in a collection.
  ///
  /// @param endpoint_id the UUID of the collection that hosts them.
  /// @see
  /// https://docs.globus.org/api/transfer/endpoints_and_collections/#get_my_guest_collection_list
  Result<IterableTransferResponse> my_shared_endpoint_list(
      Text endpoint_id, Options<MySharedEndpointListOptions> options = {}) const {
    return this->template send<IterableTransferResponse>(
        detail::get(
            detail::path("/v0.10/endpoint/{endpoint_id}/my_shared_endpoint_list", {endpoint_id}))
            .query_params(options.query_params));
  }

  /// The guest collections in a collection, of all users; pages by `next_token`.
  ///
  /// @param endpoint_id the UUID of the collection that hosts them.
  /// @see https://docs.globus.org/api/transfer/endpoints_and_collections/#get_guest_collection_list
  Result<IterableTransferResponse> get_shared_endpoint_list(
      Text endpoint_id, Options<GetSharedEndpointListOptions> options = {}) const {
    return this->template send_paged<IterableTransferResponse>(
        detail::get(
            detail::path("/v0.10/endpoint/{endpoint_id}/shared_endpoint_list", {endpoint_id}))
            .query("max_results", options.max_results)
            .query("next_token", options.next_token)
            .query_params(options.query_params),
        {.kind = Paging::Kind::next_token, .items_key = "shared_endpoints"});
  }

  /// The pause rules that concern the user in a collection.
  ///
  /// @param endpoint_id a UUID.
  /// @see
  /// https://docs.globus.org/api/transfer/endpoints_and_collections/#get_collection_pause_rules
  Result<IterableTransferResponse> my_effective_pause_rule_list(
      Text endpoint_id, Options<MyEffectivePauseRuleListOptions> options = {}) const {
    return this->template send<IterableTransferResponse>(
        detail::get(detail::path("/v0.10/endpoint/{endpoint_id}/my_effective_pause_rule_list",
                                 {endpoint_id}))
            .query_params(options.query_params));
  }

  // ---- roles ------------------------------------------------------------------------------------

  /// The roles on an endpoint or collection.
  ///
  /// @param endpoint_id a UUID.
  /// @see https://docs.globus.org/api/transfer/roles/#role_list
  Result<IterableTransferResponse> endpoint_role_list(
      Text endpoint_id, Options<EndpointRoleListOptions> options = {}) const {
    return this->template send<IterableTransferResponse>(
        detail::get(detail::path("/v0.10/endpoint/{endpoint_id}/role_list", {endpoint_id}))
            .query_params(options.query_params));
  }

  /// Gives a role on an endpoint or collection to an identity or group.
  ///
  /// @param endpoint_id a UUID.
  /// @param role_data a `role` document.
  /// @see https://docs.globus.org/api/transfer/roles/#create_role
  Result<GlobusHTTPResponse> add_endpoint_role(Text endpoint_id, Document role_data) const {
    return this->send(
        detail::post(detail::path("/v0.10/endpoint/{endpoint_id}/role", {endpoint_id}))
            .json(role_data.json()));
  }

  /// The document of a role.
  ///
  /// @param endpoint_id a UUID.
  /// @param role_id a UUID.
  /// @see https://docs.globus.org/api/transfer/roles/#get_role_by_id
  Result<GlobusHTTPResponse> get_endpoint_role(Text endpoint_id, Text role_id,
                                               Options<GetEndpointRoleOptions> options = {}) const {
    return this->send(detail::get(detail::path("/v0.10/endpoint/{endpoint_id}/role/{role_id}",
                                               {endpoint_id, role_id}))
                          .query_params(options.query_params));
  }

  /// Takes a role away.
  ///
  /// @param endpoint_id a UUID.
  /// @param role_id a UUID.
  /// @see https://docs.globus.org/api/transfer/roles/#delete_role_by_id
  Result<GlobusHTTPResponse> delete_endpoint_role(Text endpoint_id, Text role_id) const {
    return this->send(detail::delete_(
        detail::path("/v0.10/endpoint/{endpoint_id}/role/{role_id}", {endpoint_id, role_id})));
  }

  // ---- access rules -----------------------------------------------------------------------------

  /// The access rules of a guest collection.
  ///
  /// @param endpoint_id a UUID.
  /// @see https://docs.globus.org/api/transfer/acl/#rest_access_get_list
  Result<IterableTransferResponse> endpoint_acl_list(
      Text endpoint_id, Options<EndpointAclListOptions> options = {}) const {
    return this->template send<IterableTransferResponse>(
        detail::get(detail::path("/v0.10/endpoint/{endpoint_id}/access_list", {endpoint_id}))
            .query_params(options.query_params));
  }

  /// The document of an access rule.
  ///
  /// @param endpoint_id a UUID.
  /// @param rule_id a UUID.
  /// @see https://docs.globus.org/api/transfer/acl/#get_access_rule_by_id
  Result<GlobusHTTPResponse> get_endpoint_acl_rule(
      Text endpoint_id, Text rule_id, Options<GetEndpointAclRuleOptions> options = {}) const {
    return this->send(detail::get(detail::path("/v0.10/endpoint/{endpoint_id}/access/{rule_id}",
                                               {endpoint_id, rule_id}))
                          .query_params(options.query_params));
  }

  /// Gives an identity or group access to a folder of a guest collection.
  ///
  /// @param endpoint_id a UUID.
  /// @param rule_data an `access` document.
  /// @return a document with the new rule's `access_id`.
  /// @see https://docs.globus.org/api/transfer/acl/#rest_access_create
  Result<GlobusHTTPResponse> add_endpoint_acl_rule(Text endpoint_id, Document rule_data) const {
    return this->send(
        detail::post(detail::path("/v0.10/endpoint/{endpoint_id}/access", {endpoint_id}))
            .json(rule_data.json()));
  }

  /// Changes an access rule.
  ///
  /// @param endpoint_id a UUID.
  /// @param rule_id a UUID.
  /// @param rule_data an `access` document with what is to change.
  /// @see https://docs.globus.org/api/transfer/acl/#update_access_rule
  Result<GlobusHTTPResponse> update_endpoint_acl_rule(Text endpoint_id, Text rule_id,
                                                      Document rule_data) const {
    return this->send(detail::put(detail::path("/v0.10/endpoint/{endpoint_id}/access/{rule_id}",
                                               {endpoint_id, rule_id}))
                          .json(rule_data.json()));
  }

  /// Deletes an access rule.
  ///
  /// @param endpoint_id a UUID.
  /// @param rule_id a UUID.
  /// @see https://docs.globus.org/api/transfer/acl/#delete_access_rule
  Result<GlobusHTTPResponse> delete_endpoint_acl_rule(Text endpoint_id, Text rule_id) const {
    return this->send(detail::delete_(
        detail::path("/v0.10/endpoint/{endpoint_id}/access/{rule_id}", {endpoint_id, rule_id})));
  }

  // ---- bookmarks --------------------------------------------------------------------------------

  /// The user's bookmarks.
  ///
  /// @see https://docs.globus.org/api/transfer/collection_bookmarks/#get_list_of_bookmarks
  Result<IterableTransferResponse> bookmark_list(Options<BookmarkListOptions> options = {}) const {
    return this->template send<IterableTransferResponse>(
        detail::get("/v0.10/bookmark_list").query_params(options.query_params));
  }

  /// Makes a bookmark, the name of a folder in a collection.
  ///
  /// @param bookmark_data a `bookmark` document.
  /// @see https://docs.globus.org/api/transfer/collection_bookmarks/#create_bookmark
  Result<GlobusHTTPResponse> create_bookmark(Document bookmark_data) const {
    return this->send(detail::post("/v0.10/bookmark").json(bookmark_data.json()));
  }

  /// The document of a bookmark.
  ///
  /// @param bookmark_id a UUID.
  /// @see https://docs.globus.org/api/transfer/collection_bookmarks/#get_bookmark_by_id
  Result<GlobusHTTPResponse> get_bookmark(Text bookmark_id,
                                          Options<GetBookmarkOptions> options = {}) const {
    return this->send(detail::get(detail::path("/v0.10/bookmark/{bookmark_id}", {bookmark_id}))
                          .query_params(options.query_params));
  }

  /// Changes a bookmark.
  ///
  /// @param bookmark_id a UUID.
  /// @param bookmark_data a `bookmark` document with what is to change.
  /// @see https://docs.globus.org/api/transfer/collection_bookmarks/#update_bookmark
  Result<GlobusHTTPResponse> update_bookmark(Text bookmark_id, Document bookmark_data) const {
    return this->send(detail::put(detail::path("/v0.10/bookmark/{bookmark_id}", {bookmark_id}))
                          .json(bookmark_data.json()));
  }

  /// Deletes a bookmark.
  ///
  /// @param bookmark_id a UUID.
  /// @see https://docs.globus.org/api/transfer/collection_bookmarks/#delete_bookmark_by_id
  Result<GlobusHTTPResponse> delete_bookmark(Text bookmark_id) const {
    return this->send(
        detail::delete_(detail::path("/v0.10/bookmark/{bookmark_id}", {bookmark_id})));
  }

  // ---- more of tasks ----------------------------------------------------------------------------

  /// Why a task is paused, or will be: the pause rules that concern it.
  ///
  /// @param task_id a UUID.
  /// @see https://docs.globus.org/api/transfer/task/#get_task_pause_info
  Result<GlobusHTTPResponse> task_pause_info(Text task_id,
                                             Options<TaskPauseInfoOptions> options = {}) const {
    return this->send(detail::get(detail::path("/v0.10/task/{task_id}/pause_info", {task_id}))
                          .query_params(options.query_params));
  }

  // ---- endpoint managers: these methods need a role on the endpoints ----------------------------

  /// The endpoints and collections on which the user has the role of an activity monitor or
  /// manager.
  ///
  /// @see
  /// https://docs.globus.org/api/transfer/advanced_collection_management/#get_monitored_endpoints_and_collections
  Result<IterableTransferResponse> endpoint_manager_monitored_endpoints(
      Options<EndpointManagerMonitoredEndpointsOptions> options = {}) const {
    return this->template send<IterableTransferResponse>(
        detail::get("/v0.10/endpoint_manager/monitored_endpoints")
            .query_params(options.query_params));
  }

  /// The guest collections in a collection.
  ///
  /// @param endpoint_id the UUID of the collection that hosts them.
  /// @see
  /// https://docs.globus.org/api/transfer/advanced_collection_management/#get_hosted_collection_list
  Result<IterableTransferResponse> endpoint_manager_hosted_endpoint_list(
      Text endpoint_id, Options<EndpointManagerHostedEndpointListOptions> options = {}) const {
    return this->template send<IterableTransferResponse>(
        detail::get(
            detail::path("/v0.10/endpoint_manager/endpoint/{endpoint_id}/hosted_endpoint_list",
                         {endpoint_id}))
            .query_params(options.query_params));
  }

  /// The document of an endpoint or collection.
  ///
  /// @param endpoint_id a UUID.
  /// @see
  /// https://docs.globus.org/api/transfer/advanced_collection_management/#mc_get_endpoint_or_collection
  Result<GlobusHTTPResponse> endpoint_manager_get_endpoint(
      Text endpoint_id, Options<EndpointManagerGetEndpointOptions> options = {}) const {
    return this->send(
        detail::get(detail::path("/v0.10/endpoint_manager/endpoint/{endpoint_id}", {endpoint_id}))
            .query_params(options.query_params));
  }

  /// The access rules of a guest collection.
  ///
  /// @param endpoint_id a UUID.
  /// @see
  /// https://docs.globus.org/api/transfer/advanced_collection_management/#get_guest_collection_access_list_as_admin
  Result<IterableTransferResponse> endpoint_manager_acl_list(
      Text endpoint_id, Options<EndpointManagerAclListOptions> options = {}) const {
    return this->template send<IterableTransferResponse>(
        detail::get(detail::path("/v0.10/endpoint_manager/endpoint/{endpoint_id}/access_list",
                                 {endpoint_id}))
            .query_params(options.query_params));
  }

  /// The tasks of all users on the endpoints that the user monitors; pages by `last_key`.
  ///
  /// @throws GlobusSDKUsageError for filter_endpoint_use without filter_endpoint.
  /// @see https://docs.globus.org/api/transfer/advanced_collection_management/#get_tasks
  Result<IterableTransferResponse> endpoint_manager_task_list(
      Options<EndpointManagerTaskListOptions> options = {}) const {
    detail::require_with({"filter_endpoint_use", options.filter_endpoint_use},
                         {"filter_endpoint", options.filter_endpoint});
    return this->template send_paged<IterableTransferResponse>(
        detail::get("/v0.10/endpoint_manager/task_list")
            .query("filter_status", options.filter_status)
            .query("filter_task_id", options.filter_task_id)
            .query("filter_owner_id", options.filter_owner_id)
            .query("filter_endpoint", options.filter_endpoint)
            .query("filter_endpoint_use", options.filter_endpoint_use)
            .query("filter_is_paused", options.filter_is_paused, BooleanStyle::word)
            .query("filter_completion_time", detail::text_of_range(options.filter_completion_time))
            .query("filter_min_faults", options.filter_min_faults)
            .query("filter_local_user", options.filter_local_user)
            .query("last_key", options.last_key)
            .query_params(options.query_params),
        {.kind = Paging::Kind::last_key, .items_key = "DATA"});
  }

  /// The document of another user's task.
  ///
  /// @param task_id a UUID.
  /// @see https://docs.globus.org/api/transfer/advanced_collection_management/#get_task
  Result<GlobusHTTPResponse> endpoint_manager_get_task(
      Text task_id, Options<EndpointManagerGetTaskOptions> options = {}) const {
    return this->send(detail::get(detail::path("/v0.10/endpoint_manager/task/{task_id}", {task_id}))
                          .query_params(options.query_params));
  }

  /// The events of another user's task, the newest first; pages by limit and offset, 1000 in all.
  ///
  /// @param task_id a UUID.
  /// @see https://docs.globus.org/api/transfer/advanced_collection_management/#get_task_events
  Result<IterableTransferResponse> endpoint_manager_task_event_list(
      Text task_id, Options<EndpointManagerTaskEventListOptions> options = {}) const {
    return this->template send_paged<IterableTransferResponse>(
        detail::get(detail::path("/v0.10/endpoint_manager/task/{task_id}/event_list", {task_id}))
            .query("limit", options.limit)
            .query("offset", options.offset)
            .query("filter_is_error", options.filter_is_error, BooleanStyle::digit)
            .query_params(options.query_params),
        limit_offset_total());
  }

  /// Why another user's task is paused.
  ///
  /// @param task_id a UUID.
  /// @see
  /// https://docs.globus.org/api/transfer/advanced_collection_management/#get_task_pause_info_as_admin
  Result<GlobusHTTPResponse> endpoint_manager_task_pause_info(
      Text task_id, Options<EndpointManagerTaskPauseInfoOptions> options = {}) const {
    return this->send(
        detail::get(detail::path("/v0.10/endpoint_manager/task/{task_id}/pause_info", {task_id}))
            .query_params(options.query_params));
  }

  /// The files that another user's task transferred; pages by marker.
  ///
  /// @param task_id a UUID.
  /// @see
  /// https://docs.globus.org/api/transfer/advanced_collection_management/#get_task_successful_transfers_as_admin
  Result<IterableTransferResponse> endpoint_manager_task_successful_transfers(
      Text task_id, Options<EndpointManagerTaskSuccessfulTransfersOptions> options = {}) const {
    return this->template send_paged<IterableTransferResponse>(
        detail::get(
            detail::path("/v0.10/endpoint_manager/task/{task_id}/successful_transfers", {task_id}))
            .query("marker", options.marker)
            .query_params(options.query_params),
        next_marker());
  }

  /// The files that another user's task skipped, and why; pages by marker.
  ///
  /// @param task_id a UUID.
  /// @see
  /// https://docs.globus.org/api/transfer/advanced_collection_management/#get_task_skipped_errors_as_admin
  Result<IterableTransferResponse> endpoint_manager_task_skipped_errors(
      Text task_id, Options<EndpointManagerTaskSkippedErrorsOptions> options = {}) const {
    return this->template send_paged<IterableTransferResponse>(
        detail::get(
            detail::path("/v0.10/endpoint_manager/task/{task_id}/skipped_errors", {task_id}))
            .query("marker", options.marker)
            .query_params(options.query_params),
        next_marker());
  }

  /// Cancels tasks of other users.
  ///
  /// @param task_ids one UUID or several.
  /// @param message what the users read.
  /// @return a document with the `id` for endpoint_manager_cancel_status.
  /// @see https://docs.globus.org/api/transfer/advanced_collection_management/#admin_cancel
  Result<GlobusHTTPResponse> endpoint_manager_cancel_tasks(
      const Strings& task_ids, Text message,
      Options<EndpointManagerCancelTasksOptions> options = {}) const {
    return this->send(
        detail::post("/v0.10/endpoint_manager/admin_cancel")
            .json(Payload()
                      .set("message", detail::require("message", message))
                      .set("task_id_list", Json(detail::require_each("task_ids", task_ids))))
            .query_params(options.query_params));
  }

  /// How far a cancellation of several tasks has come.
  ///
  /// @param admin_cancel_id the `id` that endpoint_manager_cancel_tasks returned.
  /// @see
  /// https://docs.globus.org/api/transfer/advanced_collection_management/#get_cancel_status_by_id
  Result<GlobusHTTPResponse> endpoint_manager_cancel_status(
      Text admin_cancel_id, Options<EndpointManagerCancelStatusOptions> options = {}) const {
    return this->send(
        detail::get(detail::path("/v0.10/endpoint_manager/admin_cancel/{admin_cancel_id}",
                                 {admin_cancel_id}))
            .query_params(options.query_params));
  }

  /// Pauses tasks of other users.
  ///
  /// @param task_ids one UUID or several.
  /// @param message what the users read.
  /// @see https://docs.globus.org/api/transfer/advanced_collection_management/#pause_tasks_as_admin
  Result<GlobusHTTPResponse> endpoint_manager_pause_tasks(
      const Strings& task_ids, Text message,
      Options<EndpointManagerPauseTasksOptions> options = {}) const {
    return this->send(
        detail::post("/v0.10/endpoint_manager/admin_pause")
            .json(Payload()
                      .set("message", detail::require("message", message))
                      .set("task_id_list", Json(detail::require_each("task_ids", task_ids))))
            .query_params(options.query_params));
  }

  /// Lets tasks of other users go on that were paused.
  ///
  /// @param task_ids one UUID or several.
  /// @see
  /// https://docs.globus.org/api/transfer/advanced_collection_management/#resume_tasks_as_admin
  Result<GlobusHTTPResponse> endpoint_manager_resume_tasks(
      const Strings& task_ids, Options<EndpointManagerResumeTasksOptions> options = {}) const {
    return this->send(
        detail::post("/v0.10/endpoint_manager/admin_resume")
            .json(Payload().set("task_id_list", Json(detail::require_each("task_ids", task_ids))))
            .query_params(options.query_params));
  }

  /// The pause rules on the endpoints that the user monitors.
  ///
  /// @see https://docs.globus.org/api/transfer/advanced_collection_management/#get_pause_rules
  Result<IterableTransferResponse> endpoint_manager_pause_rule_list(
      Options<EndpointManagerPauseRuleListOptions> options = {}) const {
    return this->template send<IterableTransferResponse>(
        detail::get("/v0.10/endpoint_manager/pause_rule_list")
            .query("filter_endpoint", options.filter_endpoint)
            .query("filter_host_endpoint", options.filter_host_endpoint)
            .query_params(options.query_params));
  }

  /// Makes a pause rule, which pauses tasks as they begin.
  ///
  /// @param data a `pause_rule` document.
  /// @see https://docs.globus.org/api/transfer/advanced_collection_management/#create_pause_rule
  Result<GlobusHTTPResponse> endpoint_manager_create_pause_rule(Document data) const {
    return this->send(detail::post("/v0.10/endpoint_manager/pause_rule").json(data.json()));
  }

  /// The document of a pause rule.
  ///
  /// @param pause_rule_id a UUID.
  /// @see https://docs.globus.org/api/transfer/advanced_collection_management/#get_pause_rule
  Result<GlobusHTTPResponse> endpoint_manager_get_pause_rule(
      Text pause_rule_id, Options<EndpointManagerGetPauseRuleOptions> options = {}) const {
    return this->send(detail::get(detail::path("/v0.10/endpoint_manager/pause_rule/{pause_rule_id}",
                                               {pause_rule_id}))
                          .query_params(options.query_params));
  }

  /// Changes a pause rule.
  ///
  /// @param pause_rule_id a UUID.
  /// @param data a `pause_rule` document with what is to change.
  /// @see https://docs.globus.org/api/transfer/advanced_collection_management/#update_pause_rule
  Result<GlobusHTTPResponse> endpoint_manager_update_pause_rule(Text pause_rule_id,
                                                                Document data) const {
    return this->send(detail::put(detail::path("/v0.10/endpoint_manager/pause_rule/{pause_rule_id}",
                                               {pause_rule_id}))
                          .json(data.json()));
  }

  /// Deletes a pause rule.
  ///
  /// @param pause_rule_id a UUID.
  /// @see https://docs.globus.org/api/transfer/advanced_collection_management/#delete_pause_rule
  Result<GlobusHTTPResponse> endpoint_manager_delete_pause_rule(
      Text pause_rule_id, Options<EndpointManagerDeletePauseRuleOptions> options = {}) const {
    return this->send(
        detail::delete_(
            detail::path("/v0.10/endpoint_manager/pause_rule/{pause_rule_id}", {pause_rule_id}))
            .query_params(options.query_params));
  }

  // ---- tunnels: a beta of Globus, which may change ----------------------------------------------

  /// Makes a tunnel, which carries a stream from one access point to another. A document without a
  /// `submission_id` gets a random one, so that a retry makes no second tunnel.
  ///
  /// @param data CreateTunnelData, or a document of your own.
  /// @return a document with the tunnel in `data`.
  /// @throws GlobusSDKUsageError for a document without `data`.
  Result<GlobusHTTPResponse> create_tunnel(Document data) const {
    return this->send(
        detail::post("/v2/tunnels").json(detail::tunnel_document(data.json())).safe_to_repeat());
  }

  /// The user's tunnels.
  Result<IterableJSONAPIResponse> list_tunnels(Options<ListTunnelsOptions> options = {}) const {
    return this->template send<IterableJSONAPIResponse>(
        detail::get("/v2/tunnels").query_params(options.query_params));
  }

  /// The document of a tunnel.
  ///
  /// @param tunnel_id a UUID.
  Result<GlobusHTTPResponse> get_tunnel(Text tunnel_id,
                                        Options<GetTunnelOptions> options = {}) const {
    return this->send(detail::get(detail::path("/v2/tunnels/{tunnel_id}", {tunnel_id}))
                          .query_params(options.query_params));
  }

  /// The events of a tunnel.
  ///
  /// @param tunnel_id a UUID.
  Result<GlobusHTTPResponse> get_tunnel_events(Text tunnel_id,
                                               Options<GetTunnelEventsOptions> options = {}) const {
    return this->send(detail::get(detail::path("/v2/tunnels/{tunnel_id}/events", {tunnel_id}))
                          .query_params(options.query_params));
  }

  /// Changes a tunnel: its label, or its state, to stop it.
  ///
  /// @param tunnel_id a UUID.
  /// @param update_doc a document with what is to change.
  Result<GlobusHTTPResponse> update_tunnel(Text tunnel_id, Document update_doc) const {
    return this->send(detail::patch(detail::path("/v2/tunnels/{tunnel_id}", {tunnel_id}))
                          .json(update_doc.json()));
  }

  /// Starts a tunnel that is in the state `AWAITING_LISTENER`: says where its listening program is
  /// reached. This is beyond the Python SDK.
  ///
  /// @param tunnel_id a UUID.
  /// @return a document with the tunnel in `data`.
  Result<GlobusHTTPResponse> start_tunnel(Text tunnel_id,
                                          Options<StartTunnelOptions> options = {}) const {
    return this->send(detail::start_tunnel_request(tunnel_id, options));
  }

  /// Stops a tunnel that is neither `STOPPED` nor `STOPPING`. This is beyond the Python SDK.
  ///
  /// @param tunnel_id a UUID.
  /// @return a document with the tunnel in `data`.
  Result<GlobusHTTPResponse> stop_tunnel(Text tunnel_id,
                                         Options<StopTunnelOptions> options = {}) const {
    return this->send(detail::stop_tunnel_request(tunnel_id, options));
  }

  /// Deletes a tunnel.
  ///
  /// @param tunnel_id a UUID.
  Result<GlobusHTTPResponse> delete_tunnel(Text tunnel_id) const {
    return this->send(detail::delete_(detail::path("/v2/tunnels/{tunnel_id}", {tunnel_id})));
  }

  /// The document of a stream access point.
  ///
  /// @param stream_ap_id a UUID.
  Result<GlobusHTTPResponse> get_stream_access_point(
      Text stream_ap_id, Options<GetStreamAccessPointOptions> options = {}) const {
    return this->send(
        detail::get(detail::path("/v2/stream_access_points/{stream_ap_id}", {stream_ap_id}))
            .query_params(options.query_params));
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
