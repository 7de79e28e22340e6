// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <iosfwd>
#include <string>
#include <string_view>
#include <vector>

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

/// Options of TransferData::add_batch.
struct TransferBatchOptions {
  /// What the messages of errors call the lines; `batch` when unset.
  Field<std::string> file_name{};
  /// The folder at the source in which the source paths are that do not begin with a slash.
  Field<std::string> source_base_path{};
  /// The folder at the destination in which the destination paths are that do not begin with a
  /// slash.
  Field<std::string> destination_base_path{};
  /// The algorithm of all items' checksums: `MD5`, `SHA256`, ...
  Field<std::string> checksum_algorithm{};
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

  /// Adds a symbolic link, to be made anew at the destination. This is beyond the Python SDK.
  ///
  /// @param source_path the path of the link at the source.
  /// @param destination_path the path of the new link.
  TransferData& add_symlink_item(Text source_path, Text destination_path);

  /// Adds the items of a batch file, which has a line for each as `globus transfer --batch` takes
  /// them:
  ///
  ///     # a file, a folder, and a file whose checksum is known
  ///     /share/file.txt ~/file.txt
  ///     --recursive "/share/my folder" ~/folder
  ///     --external-checksum d41d8cd98f00b204e9800998ecf8427e /share/empty ~/empty
  ///
  /// Words are those of a shell, with its quotes and backslashes. A `#` outside of quotes begins a
  /// comment. `-r` is `--recursive`; `--no-recursive` says that the item is a file; after `--`
  /// there are no more options. Paths lose steps that lead nowhere (`//`, `/./`, `x/../`). The text
  /// is UTF-8. No file is opened: the lines come from any stream, and are read one at a time.
  ///
  /// @param lines the stream, which is read to its end.
  /// @throws GlobusSDKUsageError when the stream cannot be read, or any line is wrong. Nothing is
  ///   added then. what() has a line `file:line: what is wrong` for each wrong line, up to a
  ///   hundred, and says how many more there are. Lines are counted from one.
  TransferData& add_batch(std::istream& lines, const TransferBatchOptions& options = {});

  /// The same transfer as several, each with at most so many of the items, in their order. All
  /// options and filter rules are those of this one. Each part is a submission of its own: it gets
  /// a submission id when it is submitted, also where this one has an id. This is beyond the Python
  /// SDK.
  ///
  /// @return none where there are no items.
  /// @throws GlobusSDKUsageError when `max_items` is less than 1.
  std::vector<TransferData> split(std::int64_t max_items) const;

  /// Adds a rule for recursive items. When several rules match a name, the first one counts.
  ///
  /// @param name a pattern with `*`, `?`, `[...]` and `[!...]`.
  TransferData& add_filter_rule(Text name, const FilterRuleOptions& options = {});

 private:
  explicit TransferData(Payload document);
};

}  // namespace globus_sdk::inline v0
