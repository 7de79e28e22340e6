// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cerrno>
#include <system_error>

#include "sandbox/transfer/files/glob.hpp"
#include "sandbox/transfer/tasks/task_work.hpp"

namespace globus_sandbox::transfer {

std::vector<WorkItem> DeleteWork::first_items() const {
  std::vector<WorkItem> items;
  for (std::size_t i = 0; i < order_.items.size(); ++i)
    items.push_back({.kind = WorkItem::Kind::removal, .index = i});
  return items;
}

WorkOutcome DeleteWork::perform(const WorkItem& item, const ConfinedFolder& folder,
                                WorkMonitor& monitor) const {
  WorkOutcome outcome;
  try {
    remove_matches(order_.items[item.index], folder, monitor);
  } catch (const std::system_error& error) {
    const int number = error.code().value();
    if (number == ENOENT && (order_.ignore_missing || was_begun_)) return outcome;
    const auto fault = to_fault(Side::source, error);
    // neither what is missing nor what is of the wrong kind gets better by waiting
    const bool is_fatal =
        number == ENOENT || number == EISDIR || number == ENOTDIR || number == EBUSY;
    throw TaskFault(Side::source, fault.code(), fault.message(), is_fatal);
  }
  return outcome;
}

void DeleteWork::remove_matches(const DeleteItem& item, const ConfinedFolder& folder,
                                WorkMonitor& monitor) const {
  const auto [directory, pattern] = folder.open_parent(item.path.relative);
  const auto remove = [&, &parent = directory](const std::string& name) {
    remove_entry(parent, name, order_.recursive, monitor,
                 [&](mode_t mode) { monitor.removed(mode); });
  };
  if (!order_.interpret_globs) return remove(pattern);
  if (!has_wildcards(pattern)) return remove(without_escapes(pattern));
  auto names = names_in(directory);
  std::erase_if(names, [&, &wanted = pattern](const auto& candidate) {
    const bool is_hidden = candidate.starts_with('.') && !wanted.starts_with('.');
    return is_hidden || !glob_matches(wanted, candidate, {.backslash_escapes = true});
  });
  if (names.empty()) throw std::system_error(ENOENT, std::generic_category(), pattern);
  std::sort(names.begin(), names.end());
  for (const auto& match : names) remove(match);
}

}  // namespace globus_sandbox::transfer
