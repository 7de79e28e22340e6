// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "globus_sdk/core/choice.hpp"
#include "globus_sdk/core/field.hpp"
#include "globus_sdk/core/filter.hpp"
#include "globus_sdk/core/json.hpp"
#include "globus_sdk/core/strings.hpp"
#include "globus_sdk/core/time_range.hpp"

namespace globus_sdk::inline v0 {

// Options of TransferClient's methods, each struct named for its method.

/// Options of TransferClient::get_endpoint.
struct GetEndpointOptions {
  /// More query parameters: an object.
  Field<Json> query_params{};
};

/// The kinds of endpoints and collections that endpoint_search tells apart.
enum class EntityType {
  GCP_mapped_collection,
  GCP_guest_collection,
  GCSv5_endpoint,
  GCSv5_mapped_collection,
  GCSv5_guest_collection,
};
template <> struct ChoiceNames<EntityType> {
  static constexpr std::string_view parameter = "filter_entity_type";
  static constexpr std::string_view names[] = {"GCP_mapped_collection", "GCP_guest_collection",
                                               "GCSv5_endpoint", "GCSv5_mapped_collection",
                                               "GCSv5_guest_collection"};
  static constexpr bool closed = false;
};

/// Options of TransferClient::endpoint_search.
struct EndpointSearchOptions {
  /// Words to be found in names and descriptions; needed unless filter_scope names a list.
  Field<std::string> filter_fulltext{};
  /// `all`, `my-endpoints`, `recently-used`, `shared-with-me`, ...
  Field<std::string> filter_scope{};
  /// Only what this identity owns; a UUID.
  Field<std::string> filter_owner_id{};
  /// Only what this endpoint hosts; a UUID.
  Field<std::string> filter_host_endpoint{};
  /// If true, only endpoints that can hold no data; if false, only those that can.
  Field<bool> filter_non_functional{};
  /// Only this kind.
  Field<Choice<EntityType>> filter_entity_type{};
  /// The most items that one answer may have.
  Field<std::int64_t> limit{};
  /// How many items to skip at the beginning.
  Field<std::int64_t> offset{};
  /// More query parameters: an object.
  Field<Json> query_params{};
};

/// Options of TransferClient::operation_ls.
struct OperationLsOptions {
  /// The folder; the collection's default folder when unset.
  Field<std::string> path{};
  /// Whether to show names that begin with a dot; shown when unset.
  Field<bool> show_hidden{};
  /// What to sort by: `name`, `size DESC`, ...; several in order.
  Field<Strings> orderby{};
  /// The most items that one answer may have.
  Field<std::int64_t> limit{};
  /// How many items to skip at the beginning.
  Field<std::int64_t> offset{};
  /// Only what this filter lets through: `name:~*.csv`, ...
  Field<Filter> filter{};
  /// The account at the collection's host to act as; chosen by the collection when unset.
  Field<std::string> local_user{};
  /// More query parameters: an object.
  Field<Json> query_params{};
};

/// Options of TransferClient::operation_mkdir.
struct OperationMkdirOptions {
  /// The account at the collection's host to act as; chosen by the collection when unset.
  Field<std::string> local_user{};
  /// More query parameters: an object.
  Field<Json> query_params{};
};

/// Options of TransferClient::operation_rename.
struct OperationRenameOptions {
  /// The account at the collection's host to act as; chosen by the collection when unset.
  Field<std::string> local_user{};
  /// More query parameters: an object.
  Field<Json> query_params{};
};

/// Options of TransferClient::operation_stat.
struct OperationStatOptions {
  /// A file or folder; the collection's default folder when unset.
  Field<std::string> path{};
  /// The account at the collection's host to act as; chosen by the collection when unset.
  Field<std::string> local_user{};
  /// More query parameters: an object.
  Field<Json> query_params{};
};

/// Options of TransferClient::operation_symlink.
struct OperationSymlinkOptions {
  /// More query parameters: an object.
  Field<Json> query_params{};
};

/// Options of TransferClient::get_submission_id.
struct GetSubmissionIdOptions {
  /// More query parameters: an object.
  Field<Json> query_params{};
};

/// Options of TransferClient::task_list.
struct TaskListOptions {
  /// The most items that one answer may have.
  Field<std::int64_t> limit{};
  /// How many items to skip at the beginning.
  Field<std::int64_t> offset{};
  /// What to sort by: `request_time DESC`, `label`, ...; several in order.
  Field<Strings> orderby{};
  /// Only what this filter lets through: `status:ACTIVE,INACTIVE`, ...
  Field<Filter> filter{};
  /// More query parameters: an object.
  Field<Json> query_params{};
};

/// Options of TransferClient::get_task.
struct GetTaskOptions {
  /// More query parameters: an object.
  Field<Json> query_params{};
};

/// Options of TransferClient::update_task.
struct UpdateTaskOptions {
  /// More query parameters: an object.
  Field<Json> query_params{};
};

/// Options of TransferClient::task_event_list.
struct TaskEventListOptions {
  /// The most items that one answer may have.
  Field<std::int64_t> limit{};
  /// How many items to skip at the beginning.
  Field<std::int64_t> offset{};
  /// More query parameters: an object.
  Field<Json> query_params{};
};

/// Options of TransferClient::task_successful_transfers.
struct TaskSuccessfulTransfersOptions {
  /// Where a page begins: `next_marker` of the page before.
  Field<std::string> marker{};
  /// More query parameters: an object.
  Field<Json> query_params{};
};

/// Options of TransferClient::task_skipped_errors.
struct TaskSkippedErrorsOptions {
  /// Where a page begins: `next_marker` of the page before.
  Field<std::string> marker{};
  /// More query parameters: an object.
  Field<Json> query_params{};
};

/// Options of TransferClient::update_endpoint.
struct UpdateEndpointOptions {
  /// More query parameters: an object.
  Field<Json> query_params{};
};

/// Options of TransferClient::endpoint_server_list.
struct EndpointServerListOptions {
  /// More query parameters: an object.
  Field<Json> query_params{};
};

/// Options of TransferClient::get_endpoint_server.
struct GetEndpointServerOptions {
  /// More query parameters: an object.
  Field<Json> query_params{};
};

/// Options of TransferClient::my_shared_endpoint_list.
struct MySharedEndpointListOptions {
  /// More query parameters: an object.
  Field<Json> query_params{};
};

/// Options of TransferClient::get_shared_endpoint_list.
struct GetSharedEndpointListOptions {
  /// The most items that one answer may have.
  Field<std::int64_t> max_results{};
  /// Where a page begins: `next_token` of the page before.
  Field<std::string> next_token{};
  /// More query parameters: an object.
  Field<Json> query_params{};
};

/// Options of TransferClient::my_effective_pause_rule_list.
struct MyEffectivePauseRuleListOptions {
  /// More query parameters: an object.
  Field<Json> query_params{};
};

/// Options of TransferClient::endpoint_role_list.
struct EndpointRoleListOptions {
  /// More query parameters: an object.
  Field<Json> query_params{};
};

/// Options of TransferClient::get_endpoint_role.
struct GetEndpointRoleOptions {
  /// More query parameters: an object.
  Field<Json> query_params{};
};

/// Options of TransferClient::endpoint_acl_list.
struct EndpointAclListOptions {
  /// More query parameters: an object.
  Field<Json> query_params{};
};

/// Options of TransferClient::get_endpoint_acl_rule.
struct GetEndpointAclRuleOptions {
  /// More query parameters: an object.
  Field<Json> query_params{};
};

/// Options of TransferClient::bookmark_list.
struct BookmarkListOptions {
  /// More query parameters: an object.
  Field<Json> query_params{};
};

/// Options of TransferClient::get_bookmark.
struct GetBookmarkOptions {
  /// More query parameters: an object.
  Field<Json> query_params{};
};

/// Options of TransferClient::task_pause_info.
struct TaskPauseInfoOptions {
  /// More query parameters: an object.
  Field<Json> query_params{};
};

/// Options of TransferClient::endpoint_manager_monitored_endpoints.
struct EndpointManagerMonitoredEndpointsOptions {
  /// More query parameters: an object.
  Field<Json> query_params{};
};

/// Options of TransferClient::endpoint_manager_hosted_endpoint_list.
struct EndpointManagerHostedEndpointListOptions {
  /// More query parameters: an object.
  Field<Json> query_params{};
};

/// Options of TransferClient::endpoint_manager_get_endpoint.
struct EndpointManagerGetEndpointOptions {
  /// More query parameters: an object.
  Field<Json> query_params{};
};

/// Options of TransferClient::endpoint_manager_acl_list.
struct EndpointManagerAclListOptions {
  /// More query parameters: an object.
  Field<Json> query_params{};
};

/// How a task uses an endpoint.
enum class EndpointUse { source, destination };
template <> struct ChoiceNames<EndpointUse> {
  static constexpr std::string_view parameter = "filter_endpoint_use";
  static constexpr std::string_view names[] = {"source", "destination"};
  static constexpr bool closed = true;
};

/// Options of TransferClient::endpoint_manager_task_list.
struct EndpointManagerTaskListOptions {
  /// Only tasks of this status, or of one of these: `ACTIVE`, `INACTIVE`, `SUCCEEDED`, `FAILED`.
  Field<Strings> filter_status{};
  /// Only these tasks: one UUID or several.
  Field<Strings> filter_task_id{};
  /// Only tasks of this identity; a UUID.
  Field<std::string> filter_owner_id{};
  /// Only tasks that use this endpoint; a UUID.
  Field<std::string> filter_endpoint{};
  /// Only tasks that use the endpoint in this way; with filter_endpoint alone.
  Field<Choice<EndpointUse>> filter_endpoint_use{};
  /// If true, only tasks that are paused; if false, only those that are not.
  Field<bool> filter_is_paused{};
  /// Only tasks that ended between two points in time.
  Field<TimeRange> filter_completion_time{};
  /// Only tasks with so many faults or more.
  Field<std::int64_t> filter_min_faults{};
  /// Only tasks that run as this account at the host; with filter_endpoint alone.
  Field<std::string> filter_local_user{};
  /// Where a page begins: `last_key` of the page before.
  Field<std::string> last_key{};
  /// More query parameters: an object.
  Field<Json> query_params{};
};

/// Options of TransferClient::endpoint_manager_get_task.
struct EndpointManagerGetTaskOptions {
  /// More query parameters: an object.
  Field<Json> query_params{};
};

/// Options of TransferClient::endpoint_manager_task_event_list.
struct EndpointManagerTaskEventListOptions {
  /// The most items that one answer may have.
  Field<std::int64_t> limit{};
  /// How many items to skip at the beginning.
  Field<std::int64_t> offset{};
  /// If true, only errors; if false, only what is none.
  Field<bool> filter_is_error{};
  /// More query parameters: an object.
  Field<Json> query_params{};
};

/// Options of TransferClient::endpoint_manager_task_pause_info.
struct EndpointManagerTaskPauseInfoOptions {
  /// More query parameters: an object.
  Field<Json> query_params{};
};

/// Options of TransferClient::endpoint_manager_task_successful_transfers.
struct EndpointManagerTaskSuccessfulTransfersOptions {
  /// Where a page begins: `next_marker` of the page before.
  Field<std::string> marker{};
  /// More query parameters: an object.
  Field<Json> query_params{};
};

/// Options of TransferClient::endpoint_manager_task_skipped_errors.
struct EndpointManagerTaskSkippedErrorsOptions {
  /// Where a page begins: `next_marker` of the page before.
  Field<std::string> marker{};
  /// More query parameters: an object.
  Field<Json> query_params{};
};

/// Options of TransferClient::endpoint_manager_cancel_tasks.
struct EndpointManagerCancelTasksOptions {
  /// More query parameters: an object.
  Field<Json> query_params{};
};

/// Options of TransferClient::endpoint_manager_cancel_status.
struct EndpointManagerCancelStatusOptions {
  /// More query parameters: an object.
  Field<Json> query_params{};
};

/// Options of TransferClient::endpoint_manager_pause_tasks.
struct EndpointManagerPauseTasksOptions {
  /// More query parameters: an object.
  Field<Json> query_params{};
};

/// Options of TransferClient::endpoint_manager_resume_tasks.
struct EndpointManagerResumeTasksOptions {
  /// More query parameters: an object.
  Field<Json> query_params{};
};

/// Options of TransferClient::endpoint_manager_pause_rule_list.
struct EndpointManagerPauseRuleListOptions {
  /// Only rules on this endpoint; a UUID.
  Field<std::string> filter_endpoint{};
  /// More query parameters: an object.
  Field<Json> query_params{};
  /// Only rules on what this endpoint hosts; a UUID. This is beyond the Python SDK.
  Field<std::string> filter_host_endpoint{};
};

/// Options of TransferClient::endpoint_manager_get_pause_rule.
struct EndpointManagerGetPauseRuleOptions {
  /// More query parameters: an object.
  Field<Json> query_params{};
};

/// Options of TransferClient::endpoint_manager_delete_pause_rule.
struct EndpointManagerDeletePauseRuleOptions {
  /// More query parameters: an object.
  Field<Json> query_params{};
};

/// Options of TransferClient::list_tunnels.
struct ListTunnelsOptions {
  /// More query parameters: an object.
  Field<Json> query_params{};
};

/// Options of TransferClient::get_tunnel.
struct GetTunnelOptions {
  /// More query parameters: an object.
  Field<Json> query_params{};
};

/// Options of TransferClient::get_tunnel_events.
struct GetTunnelEventsOptions {
  /// More query parameters: an object.
  Field<Json> query_params{};
};

/// Options of TransferClient::get_stream_access_point.
struct GetStreamAccessPointOptions {
  /// More query parameters: an object.
  Field<Json> query_params{};
};

}  // namespace globus_sdk::inline v0
