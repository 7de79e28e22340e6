// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

#include "globus_sdk/core/choice.hpp"
#include "globus_sdk/core/field.hpp"
#include "globus_sdk/core/filter.hpp"
#include "globus_sdk/core/json.hpp"
#include "globus_sdk/core/strings.hpp"

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

}  // namespace globus_sdk::inline v0
