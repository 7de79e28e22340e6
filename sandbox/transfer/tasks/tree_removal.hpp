// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "sandbox/transfer/files/confined_folder.hpp"
#include "sandbox/transfer/tasks/task_fault.hpp"

namespace globus_sandbox::transfer {

/// Told of each entry that was removed: its mode.
using OnRemoved = std::function<void(mode_t)>;

/// Removes an entry of an open directory, and everything below it where it is a directory. Links
/// are removed, never followed. Throws std::system_error (EISDIR for a directory unless
/// `recursive`) or WorkStopped.
void remove_entry(const FileDescriptor& directory, const std::string& name, bool recursive,
                  WorkMonitor& monitor, const OnRemoved& on_removed = {});

/// Removes what killed runs of a task left below a directory: everything whose name begins with
/// that prefix.
void remove_temporary_files(const ConfinedFolder& folder, const std::string& path,
                            std::string_view prefix);

}  // namespace globus_sandbox::transfer
