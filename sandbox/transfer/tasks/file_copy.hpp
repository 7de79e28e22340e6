// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "sandbox/transfer/files/confined_folder.hpp"
#include "sandbox/transfer/tasks/submission.hpp"
#include "sandbox/transfer/tasks/task_fault.hpp"

namespace globus_sandbox::transfer {

/// How one file is to be copied.
struct CopyPlan {
  std::string source;          ///< path below the source folder
  std::string destination;     ///< path below the destination folder
  std::string temporary_name;  ///< what the file is called until it is whole, in the destination's
                               ///< own directory
  std::optional<SyncLevel> sync_level{};
  bool verify_checksum = false;
  bool preserve_timestamp = false;
  std::string checksum_algorithm = "MD5";
  std::optional<std::string> external_checksum{};
};

/// What became of it.
struct CopyResult {
  bool was_skipped = false;               ///< the destination had it already, by the sync level
  std::int64_t size = 0;                  ///< bytes copied
  std::int64_t bytes_checksummed = 0;     ///< compared for the sync level
  std::optional<std::string> checksum{};  ///< where one was computed
};

/// Copies one file: writes it under a temporary name, checks what was asked to be checked, and
/// renames it. Whatever goes wrong, no half file stays. What is at the destination is at no moment
/// open to anybody whom the source keeps out. Throws TaskFault or WorkStopped.
CopyResult copy_file(const ConfinedFolder& from, const ConfinedFolder& to, const CopyPlan& plan,
                     WorkMonitor& monitor);

/// Makes at the destination the symbolic link that is at the source, with the same target text. A
/// link that is there already with that target stays.
void copy_symlink(const ConfinedFolder& from, const ConfinedFolder& to, const CopyPlan& plan);

/// What all temporary names begin with.
inline constexpr std::string_view temporary_prefix = ".globus-sandbox-";

}  // namespace globus_sandbox::transfer
