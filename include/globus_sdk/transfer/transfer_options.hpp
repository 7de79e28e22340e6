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

struct OperationMkdirOptions {
  Field<std::string> local_user{};
  Field<Json> query_params{};
};

struct OperationRenameOptions {
  Field<std::string> local_user{};
  Field<Json> query_params{};
};

struct OperationStatOptions {
  /// A file or folder; the collection's default folder when unset.
  Field<std::string> path{};
  Field<std::string> local_user{};
  Field<Json> query_params{};
};

struct GetSubmissionIdOptions {
  Field<Json> query_params{};
};

struct TaskListOptions {
  Field<std::int64_t> limit{};
  Field<std::int64_t> offset{};
  Field<Strings> orderby{};
  Field<Filter> filter{};
  Field<Json> query_params{};
};

struct GetTaskOptions {
  Field<Json> query_params{};
};

struct UpdateTaskOptions {
  Field<Json> query_params{};
};

struct TaskEventListOptions {
  Field<std::int64_t> limit{};
  Field<std::int64_t> offset{};
  Field<Json> query_params{};
};

struct TaskSuccessfulTransfersOptions {
  /// Where a page begins: `next_marker` of the page before.
  Field<std::string> marker{};
  Field<Json> query_params{};
};

struct TaskSkippedErrorsOptions {
  /// Where a page begins: `next_marker` of the page before.
  Field<std::string> marker{};
  Field<Json> query_params{};
};

}  // namespace globus_sdk::inline v0
