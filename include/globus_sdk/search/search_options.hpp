// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "globus_sdk/core/choices.hpp"
#include "globus_sdk/core/field.hpp"
#include "globus_sdk/core/json.hpp"

namespace globus_sdk::inline v0 {

/// What a role on an index lets its holder do.
enum class SearchIndexRole { owner, admin, writer };
template <> struct ChoiceNames<SearchIndexRole> {
  static constexpr std::string_view parameter = "filter_roles";
  static constexpr std::string_view names[] = {"owner", "admin", "writer"};
  static constexpr bool closed = false;
};

// Options of SearchClient's methods, each struct named for its method.

/// Options of SearchClient::update_index.
struct UpdateIndexOptions {
  /// The index's new name.
  Field<std::string> display_name{};
  /// The index's new description.
  Field<std::string> description{};
};

/// Options of SearchClient::get_index.
struct GetIndexOptions {
  /// More query parameters: an object.
  Field<Json> query_params{};
};

/// Options of SearchClient::index_list.
struct IndexListOptions {
  /// Only indices on which the user has one of these roles; all of them when unset.
  Field<Choices<SearchIndexRole>> filter_roles{};
  /// More query parameters: an object.
  Field<Json> query_params{};
};

/// Options of SearchClient::search.
struct SearchOptions {
  /// How many results to skip; none when unset. When paginated, where the results begin.
  Field<std::int64_t> offset{};
  /// How many results a page has; 10 when unset. When paginated, 100 when unset.
  Field<std::int64_t> limit{};
  /// Read `q` as a query with operators and field names. Such a query may be refused for its
  /// syntax; without this every text is good.
  Field<bool> advanced{};
  /// More query parameters: an object.
  Field<Json> query_params{};
};

/// Options of SearchClient::post_search.
struct PostSearchOptions {
  /// How many results to skip, in place of what the query says.
  Field<std::int64_t> offset{};
  /// How many results a page has, in place of what the query says.
  Field<std::int64_t> limit{};
};

/// Options of SearchClient::scroll.
struct ScrollOptions {
  /// The `marker` of the page before, in place of what the query says.
  Field<std::string> marker{};
};

/// Options of SearchClient::batch_delete_by_subject.
struct BatchDeleteBySubjectOptions {
  /// More members of the document: an object.
  Field<Json> additional_params{};
};

/// Options of SearchClient::get_subject.
struct GetSubjectOptions {
  /// More query parameters: an object.
  Field<Json> query_params{};
};

/// Options of SearchClient::delete_subject.
struct DeleteSubjectOptions {
  /// More query parameters: an object.
  Field<Json> query_params{};
};

/// Options of SearchClient::get_entry.
struct GetEntryOptions {
  /// The entry's id; the entry of the subject that has none when unset.
  Field<std::string> entry_id{};
  /// More query parameters: an object.
  Field<Json> query_params{};
};

/// Options of SearchClient::delete_entry.
struct DeleteEntryOptions {
  /// The entry's id; the entry of the subject that has none when unset.
  Field<std::string> entry_id{};
  /// More query parameters: an object.
  Field<Json> query_params{};
};

/// Options of SearchClient::get_task.
struct SearchGetTaskOptions {
  /// More query parameters: an object.
  Field<Json> query_params{};
};

/// Options of SearchClient::get_task_list.
struct GetTaskListOptions {
  /// More query parameters: an object.
  Field<Json> query_params{};
};

/// Options of SearchClient::create_role.
struct SearchCreateRoleOptions {
  /// More query parameters: an object.
  Field<Json> query_params{};
};

/// Options of SearchClient::get_role_list.
struct SearchGetRoleListOptions {
  /// More query parameters: an object.
  Field<Json> query_params{};
};

/// Options of SearchClient::delete_role.
struct SearchDeleteRoleOptions {
  /// More query parameters: an object.
  Field<Json> query_params{};
};

}  // namespace globus_sdk::inline v0
