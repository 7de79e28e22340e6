// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/json/object.hpp>
#include <optional>
#include <string>
#include <vector>

#include "sandbox/base/time_text.hpp"
#include "sandbox/transfer/files/transfer_path.hpp"

namespace globus_sandbox::transfer {

/// One item of a transfer.
struct TransferItem {
  enum class Kind { automatic, recursive, file, symlink } kind = Kind::automatic;
  TransferPath source;
  TransferPath destination;
  std::string shown_source;                         ///< as it was submitted
  std::string shown_destination;                    ///< as it was submitted
  std::optional<std::string> external_checksum{};   ///< in lower case
  std::optional<std::string> checksum_algorithm{};  ///< as Globus spells it, such as `SHA256`
};

/// A rule for what recursive items find: the first that matches decides.
struct FilterRule {
  bool include = false;
  std::string name{};                 ///< pattern for the name; any, when empty
  std::string path{};                 ///< pattern for the path below the item; any, when empty
  std::optional<std::string> type{};  ///< `file` or `dir`; both when unset
};

/// What to do about symbolic links that recursive items find.
enum class SymlinkHandling { ignore, keep, copy };

/// Files to be the same for a sync level, so that they are not transferred again.
enum class SyncLevel { exists = 0, size = 1, mtime = 2, checksum = 3 };

/// What a transfer task is to do.
struct TransferOrder {
  std::string source_id;
  std::string destination_id;
  std::vector<TransferItem> items;
  std::vector<FilterRule> filter_rules{};
  std::optional<SyncLevel> sync_level{};
  SymlinkHandling recursive_symlinks = SymlinkHandling::ignore;
  bool verify_checksum = false;
  bool preserve_timestamp = false;
  bool encrypt_data = false;
  bool skip_source_errors = false;
  bool fail_on_quota_errors = false;
  bool delete_destination_extra = false;
  bool store_base_path_info = false;
};

/// One path of a delete task.
struct DeleteItem {
  TransferPath path;
  std::string shown_path;  ///< as it was submitted
};

/// What a delete task is to do.
struct DeleteOrder {
  std::string endpoint_id;
  std::vector<DeleteItem> items;
  bool recursive = false;
  bool ignore_missing = false;
  bool interpret_globs = false;
};

/// Each reads a submitted document and throws a ServiceError that names what is wrong with it. What
/// is not known could change what the task does, and is refused.
std::string read_submission_id(const boost::json::object& document);
TransferOrder read_transfer_order(const boost::json::object& document);
DeleteOrder read_delete_order(const boost::json::object& document);

/// Reads a task's label; throws a ServiceError for one that Globus does not take.
std::optional<std::string> read_label(const boost::json::object& document);
/// Reads a task's deadline; throws a ServiceError for what is no time, or past.
std::optional<Instant> read_deadline(const boost::json::object& document);

}  // namespace globus_sandbox::transfer
