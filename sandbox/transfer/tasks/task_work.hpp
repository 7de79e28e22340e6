// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <unordered_set>
#include <vector>

#include "sandbox/transfer/files/confined_folder.hpp"
#include "sandbox/transfer/tasks/file_copy.hpp"
#include "sandbox/transfer/tasks/submission.hpp"
#include "sandbox/transfer/tasks/task_fault.hpp"
#include "sandbox/transfer/tasks/task_store.hpp"
#include "sandbox/transfer/tasks/tree_removal.hpp"

namespace globus_sandbox::transfer {

/// A directory, told apart from all others.
struct DirectoryIdentity {
  dev_t device = 0;
  ino_t inode = 0;
  bool operator==(const DirectoryIdentity&) const = default;
};

/// The directories that a recursive item went through on its way down, so that links never lead it
/// in circles.
struct DirectoryTrail {
  DirectoryIdentity directory;
  std::shared_ptr<const DirectoryTrail> above;
};

/// A piece of a task: what one thread does at a time, and what is tried again when it fails.
struct WorkItem {
  enum class Kind {
    resolve,    ///< a submitted item, of which it is not known yet what it is
    directory,  ///< makes a directory, and finds what is in it
    file,
    symlink,
    removal,  ///< a submitted item of a delete task
  };
  Kind kind = Kind::resolve;
  std::size_t index = 0;  ///< of the submitted item
  std::string below{};    ///< path below that item, as bytes; empty for the item itself
  std::shared_ptr<const DirectoryTrail> trail{};   ///< of directories: those above it
  std::optional<DirectoryIdentity> target_root{};  ///< the item's own directory at the destination
  int attempts = 0;
  Instant not_before{};
};

/// What became of a piece of work that could be done.
struct WorkOutcome {
  std::vector<WorkItem> children{};       ///< new pieces
  std::optional<WorkItem> replacement{};  ///< the same piece, now that it is known what it is
  std::optional<SuccessfulTransfer> transferred{};
  std::int64_t bytes_transferred = 0;  ///< by this run of the task
  std::int64_t bytes_checksummed = 0;
  bool was_skipped = false;  ///< a file that the destination had already
};

/// Does the pieces of one transfer task. Const, and used from several threads.
class TransferWork {
 public:
  /// `already_transferred`: what an earlier run of the task did, in `TaskStore::transferred`'s
  /// form.
  TransferWork(std::string task_id, TransferOrder order,
               std::unordered_set<std::string> already_transferred);

  const TransferOrder& order() const { return order_; }
  std::vector<WorkItem> first_items() const;
  /// Throws TaskFault or WorkStopped.
  WorkOutcome perform(const WorkItem& item, const ConfinedFolder& from, const ConfinedFolder& to,
                      WorkMonitor& monitor) const;

  /// A piece's paths as documents show them.
  std::string shown_source(const WorkItem& item) const;
  std::string shown_destination(const WorkItem& item) const;
  /// What temporary files of this task begin with.
  std::string temporary_file_prefix() const;

 private:
  struct Found;
  WorkOutcome resolve(const WorkItem& item, const ConfinedFolder& from) const;
  WorkOutcome expand(const WorkItem& item, const ConfinedFolder& from, const ConfinedFolder& to,
                     WorkMonitor& monitor) const;
  WorkOutcome copy(const WorkItem& item, const ConfinedFolder& from, const ConfinedFolder& to,
                   WorkMonitor& monitor) const;
  std::vector<Found> find_entries(const WorkItem& item, const ConfinedFolder& from,
                                  const std::optional<DirectoryIdentity>& target_root) const;
  std::optional<WorkItem::Kind> kind_of_link(const ConfinedFolder& from,
                                             const std::string& path) const;
  bool is_excluded(const std::string& below, const std::string& name, bool is_directory) const;
  void remove_extras(const WorkItem& item, const ConfinedFolder& to,
                     const std::vector<Found>& wanted, WorkMonitor& monitor) const;
  bool was_transferred(const WorkItem& item) const;
  CopyPlan plan_for(const WorkItem& item) const;
  std::string source_path(const WorkItem& item) const;
  std::string destination_path(const WorkItem& item) const;

  std::string task_id_;
  TransferOrder order_;
  std::unordered_set<std::string> already_transferred_;
};

/// Does the pieces of one delete task. Const, and used from several threads.
class DeleteWork {
 public:
  /// `was_begun`: an earlier run of the task may have removed some of it, so that nothing missing
  /// is a fault.
  explicit DeleteWork(DeleteOrder order, bool was_begun = false)
      : order_(std::move(order)), was_begun_(was_begun) {}

  const DeleteOrder& order() const { return order_; }
  std::vector<WorkItem> first_items() const;
  /// Throws TaskFault or WorkStopped.
  WorkOutcome perform(const WorkItem& item, const ConfinedFolder& folder,
                      WorkMonitor& monitor) const;
  std::string shown_path(const WorkItem& item) const { return order_.items[item.index].shown_path; }

 private:
  void remove_matches(const DeleteItem& item, const ConfinedFolder& folder,
                      WorkMonitor& monitor) const;

  DeleteOrder order_;
  bool was_begun_;
};

}  // namespace globus_sandbox::transfer
