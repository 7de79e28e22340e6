// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <string>

namespace globus_sdk::inline v0::detail {

/// A lock between processes and threads, held as long as the object lives: an open file
/// description's (OFD) write lock on a file of its own. It ends with the process that holds it, and
/// works on NFS.
class FileLock {
 public:
  /// Waits for it.
  ///
  /// @param lockfile is made with mode 0600 where it is missing, and stays.
  /// @param filepath what is locked by it, for messages.
  /// @throws TokenStorageError when it is not to be had in time, or at all.
  FileLock(const std::string& lockfile, const std::string& filepath,
           std::chrono::milliseconds timeout);
  ~FileLock();
  FileLock(const FileLock&) = delete;
  FileLock& operator=(const FileLock&) = delete;

 private:
  int descriptor_ = -1;
};

}  // namespace globus_sdk::inline v0::detail
