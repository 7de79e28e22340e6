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
  Field<std::string> filter_owner_id{};
  Field<std::string> filter_host_endpoint{};
  Field<bool> filter_non_functional{};
  Field<Choice<EntityType>> filter_entity_type{};
  Field<std::int64_t> limit{};
  Field<std::int64_t> offset{};
  Field<Json> query_params{};
};

/// Options of TransferClient::operation_ls.
struct OperationLsOptions {
  /// The folder; the collection's default folder when unset.
  Field<std::string> path{};
  Field<bool> show_hidden{};
  /// `name`, `size DESC`, ...; several in order.
  Field<Strings> orderby{};
  Field<std::int64_t> limit{};
  Field<std::int64_t> offset{};
  Field<Filter> filter{};
  Field<std::string> local_user{};
  Field<Json> query_params{};
};

/// Options of TransferClient::operation_mkdir.
struct OperationMkdirOptions {
  Field<std::string> local_user{};
  Field<Json> query_params{};
};

/// Options of TransferClient::operation_rename.
struct OperationRenameOptions {
  Field<std::string> local_user{};
  Field<Json> query_params{};
};

/// Options of TransferClient::operation_stat.
struct OperationStatOptions {
  /// A file or folder; the collection's default folder when unset.
  Field<std::string> path{};
  Field<std::string> local_user{};
  Field<Json> query_params{};
};

/// Options of TransferClient::get_submission_id.
struct GetSubmissionIdOptions {
  Field<Json> query_params{};
};

/// Options of TransferClient::task_list.
struct TaskListOptions {
  Field<std::int64_t> limit{};
  Field<std::int64_t> offset{};
  Field<Strings> orderby{};
  Field<Filter> filter{};
  Field<Json> query_params{};
};

/// Options of TransferClient::get_task.
struct GetTaskOptions {
  Field<Json> query_params{};
};

/// Options of TransferClient::update_task.
struct UpdateTaskOptions {
  Field<Json> query_params{};
};

/// Options of TransferClient::task_event_list.
struct TaskEventListOptions {
  Field<std::int64_t> limit{};
  Field<std::int64_t> offset{};
  Field<Json> query_params{};
};

/// Options of TransferClient::task_successful_transfers.
struct TaskSuccessfulTransfersOptions {
  /// Where a page begins: `next_marker` of the page before.
  Field<std::string> marker{};
  Field<Json> query_params{};
};

/// Options of TransferClient::task_skipped_errors.
struct TaskSkippedErrorsOptions {
  /// Where a page begins: `next_marker` of the page before.
  Field<std::string> marker{};
  Field<Json> query_params{};
};

}  // namespace globus_sdk::inline v0
