// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "globus_sdk/core/choice.hpp"
#include "globus_sdk/core/field.hpp"
#include "globus_sdk/core/json.hpp"
#include "globus_sdk/core/text.hpp"
#include "globus_sdk/core/timestamp.hpp"
#include "globus_sdk/transfer/task_data.hpp"

namespace globus_sdk::inline v0 {

/// When a file is transferred: when it is not at the destination (`exists`), when its size differs,
/// when the file at the destination is older (`mtime`), or when the checksum differs. Each level
/// includes those before it.
enum class SyncLevel { exists, size, mtime, checksum };
template <> struct ChoiceNames<SyncLevel> {
  static constexpr std::string_view parameter = "sync_level";
  static constexpr std::string_view names[] = {"exists", "size", "mtime", "checksum"};
  static constexpr bool closed = true;
  static constexpr std::int64_t integers[] = {0, 1, 2, 3};
};

/// Options of TransferData.
struct TransferDataOptions {
  /// A name for the task.
  Field<std::string> label{};
  /// A UUID for the submission: sent any number of times, it makes one task. Fetched when unset.
  Field<std::string> submission_id{};
  /// Transfer only what differs; everything when unset.
  Field<Choice<SyncLevel>> sync_level{};
  /// Compare checksums after each file; on when unset.
  Field<bool> verify_checksum{};
  /// Give files at the destination the times of the files at the source.
  Field<bool> preserve_timestamp{};
  /// Encrypt what goes over the network.
  Field<bool> encrypt_data{};
  /// The time at which the task fails if it is not done.
  Field<Timestamp> deadline{};
  /// Skip files that cannot be read, and list them in task_skipped_errors.
  Field<bool> skip_source_errors{};
  /// Fail, rather than wait, when the destination is full.
  Field<bool> fail_on_quota_errors{};
  /// Delete what is in the folders at the destination and not in those at the source.
  Field<bool> delete_destination_extra{};
  /// Mail the user when the task succeeds; on when unset.
  Field<bool> notify_on_succeeded{};
  /// Mail the user when the task fails; on when unset.
  Field<bool> notify_on_failed{};
  /// Mail the user when the task waits for the user to act; on when unset.
  Field<bool> notify_on_inactive{};
  /// The account at the source's host to act as; chosen by the collection when unset.
  Field<std::string> source_local_user{};
  /// The account at the destination's host to act as; chosen by the collection when unset.
  Field<std::string> destination_local_user{};
  /// More members of the document.
  Field<Json> additional_fields{};
};

/// Options of TransferData::add_item.
struct TransferItemOptions {
  /// Whether the item is a folder.
  Field<bool> recursive{};
  /// A checksum that both files must have; MD5 unless checksum_algorithm says otherwise.
  Field<std::string> external_checksum{};
  /// The algorithm of external_checksum: `MD5`, `SHA256`, ...
  Field<std::string> checksum_algorithm{};
  /// More members of the item.
  Field<Json> additional_fields{};
};

/// Whether a filter rule includes or excludes what it matches.
enum class FilterMethod { include, exclude };
template <> struct ChoiceNames<FilterMethod> {
  static constexpr std::string_view parameter = "method";
  static constexpr std::string_view names[] = {"include", "exclude"};
  static constexpr bool closed = true;
};

/// The kind of items that a filter rule applies to.
enum class FilterType { file, dir };
template <> struct ChoiceNames<FilterType> {
  static constexpr std::string_view parameter = "type";
  static constexpr std::string_view names[] = {"file", "dir"};
  static constexpr bool closed = true;
};

/// Options of TransferData::add_filter_rule.
struct FilterRuleOptions {
  /// Include or exclude; `exclude` when unset.
  Field<Choice<FilterMethod>> method{};
  /// Files or folders; both when unset.
  Field<Choice<FilterType>> type{};
};

/// The files and folders to transfer. Mirrors `globus_sdk.TransferData`.
///
/// @see https://docs.globus.org/api/transfer/task_submit/#transfer_and_delete_documents
class TransferData : public TaskData {
 public:
  /// @param source_endpoint id of the collection to read from, a UUID.
  /// @param destination_endpoint id of the collection to write to, a UUID.
  /// @throws GlobusSDKUsageError for an empty id.
  TransferData(Text source_endpoint, Text destination_endpoint,
               const TransferDataOptions& options = {});

  /// Adds a file or, with `recursive`, a folder. For a file, `destination_path` is the path of the
  /// new file, not of its folder.
  TransferData& add_item(Text source_path, Text destination_path,
                         const TransferItemOptions& options = {});

  /// Adds a rule for recursive items. When several rules match a name, the first one counts.
  ///
  /// @param name a pattern with `*`, `?`, `[...]` and `[!...]`.
  TransferData& add_filter_rule(Text name, const FilterRuleOptions& options = {});
};

}  // namespace globus_sdk::inline v0
