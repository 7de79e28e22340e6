// SPDX-License-Identifier: Apache-2.0
#include <sys/stat.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <functional>
#include <map>
#include <system_error>

#include "sandbox/transfer/files/file_names.hpp"
#include "sandbox/transfer/files/glob.hpp"
#include "sandbox/transfer/tasks/copy_mode.hpp"
#include "sandbox/transfer/tasks/task_work.hpp"

namespace globus_sandbox::transfer {

namespace {

DirectoryIdentity identity_of(const struct stat& status) {
  return {status.st_dev, status.st_ino};
}

bool is_on(const std::shared_ptr<const DirectoryTrail>& trail, const DirectoryIdentity& directory) {
  for (const auto* step = trail.get(); step != nullptr; step = step->above.get())
    if (step->directory == directory) return true;
  return false;
}

std::optional<DirectoryIdentity> existing_directory(const ConfinedFolder& folder,
                                                    const std::string& path) {
  try {
    return identity_of(folder.status(path));
  } catch (const std::system_error&) {
    return std::nullopt;
  }
}

std::string join_shown(const std::string& item, const std::string& below) {
  if (below.empty()) return item;
  return item + (item.ends_with('/') ? "" : "/") + to_document_name(below);
}

std::string hex(std::size_t number) {
  std::array<char, 20> text{};
  std::snprintf(text.data(), text.size(), "%016zx", number);
  return text.data();
}

/// Makes the copy of a folder where there is none: as open as folders are made here, but no more
/// open than its source.
void make_copy_of_folder(const ConfinedFolder& to, const std::string& path,
                         const Openness& source) {
  if (!to.make_directories(path)) return;
  const auto made = to.open_directory(path);
  const mode_t bits = bits_for_copy(source, openness_of(made.get()).group);
  set_bits(made.get(), S_IRWXU | (without_umask(0777) & bits));
}

}  // namespace

/// An entry of a source directory that belongs to the transfer.
struct TransferWork::Found {
  std::string name;
  WorkItem::Kind kind;
};

TransferWork::TransferWork(std::string task_id, TransferOrder order,
                           std::unordered_set<std::string> already_transferred)
    : task_id_(std::move(task_id)),
      order_(std::move(order)),
      already_transferred_(std::move(already_transferred)) {}

std::vector<WorkItem> TransferWork::first_items() const {
  std::vector<WorkItem> items;
  for (std::size_t i = 0; i < order_.items.size(); ++i) items.push_back({.index = i});
  return items;
}

std::string TransferWork::source_path(const WorkItem& item) const {
  return join_path(order_.items[item.index].source.relative, item.below);
}

std::string TransferWork::destination_path(const WorkItem& item) const {
  return join_path(order_.items[item.index].destination.relative, item.below);
}

std::string TransferWork::shown_source(const WorkItem& item) const {
  return join_shown(order_.items[item.index].shown_source, item.below);
}

std::string TransferWork::shown_destination(const WorkItem& item) const {
  return join_shown(order_.items[item.index].shown_destination, item.below);
}

std::string TransferWork::temporary_file_prefix() const {
  return std::string(temporary_prefix) + task_id_.substr(0, 8) + "-";
}

WorkOutcome TransferWork::perform(const WorkItem& item, const ConfinedFolder& from,
                                  const ConfinedFolder& to, WorkMonitor& monitor) const {
  monitor.check();
  switch (item.kind) {
    case WorkItem::Kind::resolve:
      return resolve(item, from);
    case WorkItem::Kind::directory:
      return expand(item, from, to, monitor);
    case WorkItem::Kind::file:
      return copy(item, from, to, monitor);
    case WorkItem::Kind::symlink:
      copy_symlink(from, to, plan_for(item));
      return {};
    case WorkItem::Kind::removal:
      break;
  }
  return {};
}

WorkOutcome TransferWork::resolve(const WorkItem& item, const ConfinedFolder& from) const {
  const auto& submitted = order_.items[item.index];
  WorkOutcome outcome;
  outcome.replacement = item;
  if (submitted.kind == TransferItem::Kind::symlink) {
    outcome.replacement->kind = WorkItem::Kind::symlink;
    return outcome;
  }
  if (was_transferred(item)) {
    outcome.replacement->kind = WorkItem::Kind::file;
    return outcome;
  }
  const auto status = at(Side::source, [&] { return from.status(submitted.source.relative); });
  const bool is_directory = S_ISDIR(status.st_mode);
  if (is_directory && (submitted.kind == TransferItem::Kind::file || submitted.external_checksum))
    throw TaskFault(Side::source, "IS_A_DIRECTORY",
                    "Is a directory, and the item is not recursive");
  if (!is_directory && submitted.kind == TransferItem::Kind::recursive)
    throw TaskFault(Side::source, "NOT_A_DIRECTORY", "Not a directory, and the item is recursive");
  if (!is_directory && submitted.destination.ends_in_slash)
    throw TaskFault(Side::destination, "IS_A_DIRECTORY",
                    "The destination of a file is the path of a file");
  outcome.replacement->kind = is_directory ? WorkItem::Kind::directory : WorkItem::Kind::file;
  return outcome;
}

WorkOutcome TransferWork::expand(const WorkItem& item, const ConfinedFolder& from,
                                 const ConfinedFolder& to, WorkMonitor& monitor) const {
  const auto source = source_path(item);
  const auto status = at(Side::source, [&] { return from.status(source); });
  if (is_on(item.trail, identity_of(status)))
    throw TaskFault(Side::source, "INVALID_SYMLINK",
                    "A symbolic link leads back to a directory above it");
  const auto trail =
      std::make_shared<const DirectoryTrail>(DirectoryTrail{identity_of(status), item.trail});
  const auto destination = destination_path(item);
  auto target_root = item.target_root ? item.target_root : existing_directory(to, destination);
  const auto openness =
      at(Side::source, [&] { return openness_of(from.open_directory(source).get()); });
  // listed before the destination is made: that may lie inside
  const auto found = at(Side::source, [&] { return find_entries(item, from, target_root); });
  at(Side::destination, [&] {
    make_copy_of_folder(to, destination, openness);
    if (!target_root) target_root = identity_of(to.status(destination));
  });
  if (order_.delete_destination_extra) remove_extras(item, to, found, monitor);
  WorkOutcome outcome;
  for (const auto& entry : found) {
    WorkItem child{
        .kind = entry.kind, .index = item.index, .below = join_path(item.below, entry.name)};
    if (entry.kind == WorkItem::Kind::directory) {
      child.trail = trail;
      child.target_root = target_root;
    }
    outcome.children.push_back(std::move(child));
  }
  return outcome;
}

std::vector<TransferWork::Found> TransferWork::find_entries(
    const WorkItem& item, const ConfinedFolder& from,
    const std::optional<DirectoryIdentity>& target_root) const {
  const auto source = source_path(item);
  const auto directory = from.open_directory(source);
  std::vector<Found> found;
  for (auto& name : names_in(directory)) {
    std::optional<WorkItem::Kind> kind;
    try {
      const auto status = entry_status(directory, name);
      if (S_ISREG(status.st_mode)) kind = WorkItem::Kind::file;
      // the directory that is written to is no part of what is read
      if (S_ISDIR(status.st_mode) && target_root != identity_of(status))
        kind = WorkItem::Kind::directory;
      if (S_ISLNK(status.st_mode)) kind = kind_of_link(from, join_path(source, name));
    } catch (const std::system_error& error) {
      if (error.code().value() != ENOENT) throw;
    }
    if (kind && !is_excluded(item.below, name, *kind == WorkItem::Kind::directory))
      found.push_back({std::move(name), *kind});
  }
  return found;
}

std::optional<WorkItem::Kind> TransferWork::kind_of_link(const ConfinedFolder& from,
                                                         const std::string& path) const {
  if (order_.recursive_symlinks == SymlinkHandling::ignore) return std::nullopt;
  if (order_.recursive_symlinks == SymlinkHandling::keep) return WorkItem::Kind::symlink;
  try {
    return S_ISDIR(from.status(path).st_mode) ? WorkItem::Kind::directory : WorkItem::Kind::file;
  } catch (const std::system_error&) {
    return WorkItem::Kind::file;  // it leads nowhere: copying it says so
  }
}

bool TransferWork::is_excluded(const std::string& below, const std::string& name,
                               bool is_directory) const {
  const auto path = join_path(below, name);
  for (const auto& rule : order_.filter_rules) {
    const bool has_type = !rule.type || (*rule.type == "dir") == is_directory;
    const bool has_name = rule.name.empty() || glob_matches(rule.name, name);
    const bool has_path =
        rule.path.empty() || glob_matches(rule.path, path, {.slash_is_special = true});
    if (has_type && has_name && has_path) return !rule.include;
  }
  return false;
}

void TransferWork::remove_extras(const WorkItem& item, const ConfinedFolder& to,
                                 const std::vector<Found>& wanted, WorkMonitor& monitor) const {
  std::map<std::string_view, WorkItem::Kind> kinds;
  for (const auto& entry : wanted) kinds.emplace(entry.name, entry.kind);
  const auto prefix = temporary_file_prefix();
  at(Side::destination, [&] {
    const auto destination = destination_path(item);
    const auto listing = to.open_directory(destination);
    // opened once more as a directory to change: the permission to write is checked there
    const auto [directory, any_name] = to.open_parent(join_path(destination, "any"));
    for (const auto& name : names_in(listing)) {
      const bool is_directory = S_ISDIR(entry_status(listing, name).st_mode);
      const auto kind = kinds.find(name);
      const bool is_wanted =
          kind != kinds.end() && (kind->second == WorkItem::Kind::directory) == is_directory;
      // what the rules leave out of the transfer, they leave alone at the destination
      const bool is_spared = kind == kinds.end() && is_excluded(item.below, name, is_directory);
      if (!is_wanted && !is_spared && !name.starts_with(prefix))
        remove_entry(directory, name, true, monitor);
    }
  });
}

bool TransferWork::was_transferred(const WorkItem& item) const {
  return already_transferred_.contains(shown_source(item) + '\0' + shown_destination(item));
}

CopyPlan TransferWork::plan_for(const WorkItem& item) const {
  const auto& submitted = order_.items[item.index];
  CopyPlan plan;
  plan.source = source_path(item);
  plan.destination = destination_path(item);
  // the same for each run of the task, so that a new run removes what a killed one left
  plan.temporary_name =
      temporary_file_prefix() +
      hex(std::hash<std::string>{}(std::to_string(item.index) + '/' + plan.destination)) + ".part";
  plan.sync_level = order_.sync_level;
  plan.verify_checksum = order_.verify_checksum;
  plan.preserve_timestamp = order_.preserve_timestamp;
  if (submitted.checksum_algorithm) plan.checksum_algorithm = *submitted.checksum_algorithm;
  plan.external_checksum = submitted.external_checksum;
  return plan;
}

WorkOutcome TransferWork::copy(const WorkItem& item, const ConfinedFolder& from,
                               const ConfinedFolder& to, WorkMonitor& monitor) const {
  const auto plan = plan_for(item);
  SuccessfulTransfer success{shown_source(item), shown_destination(item), 0, std::nullopt,
                             std::nullopt};
  if (was_transferred(item)) {
    // unless somebody took it away since
    try {
      if (S_ISREG(to.status(plan.destination).st_mode)) return {};
    } catch (const std::system_error&) {}
  }
  const auto result = copy_file(from, to, plan, monitor);
  WorkOutcome outcome;
  outcome.bytes_checksummed = result.bytes_checksummed;
  outcome.was_skipped = result.was_skipped;
  if (result.was_skipped) return outcome;
  outcome.bytes_transferred = result.size;
  success.size = result.size;
  success.checksum = result.checksum;
  if (result.checksum) success.checksum_algorithm = plan.checksum_algorithm;
  outcome.transferred = std::move(success);
  return outcome;
}

}  // namespace globus_sandbox::transfer
