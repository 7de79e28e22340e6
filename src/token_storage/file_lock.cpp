// SPDX-License-Identifier: Apache-2.0
#include "token_storage/file_lock.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <thread>

#include "globus_sdk/token_storage/errors.hpp"
#include "token_storage/files.hpp"

namespace globus_sdk::inline v0::detail {

namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

/// The error number of an attempt; 0 when the lock is held.
int try_lock(int descriptor, short type) {
  struct flock request{};
  request.l_type = type;
  request.l_whence = SEEK_SET;
  for (;;) {
    if (fcntl(descriptor, F_OFD_SETLK, &request) == 0) return 0;
    if (errno != EINTR) return errno;
  }
}

bool is_held_by_another(int error) {
  return error == EAGAIN || error == EACCES;
}

/// A wait without a limit cannot be interrupted, so it is asked again and again. Each one that
/// waits has a rhythm of its own: those in step would miss the lock together.
milliseconds pause_before(int attempt, int descriptor) {
  return milliseconds(1 + std::min(attempt, 8) + (attempt * 7 + descriptor + getpid()) % 5);
}

}  // namespace

FileLock::FileLock(const std::string& lockfile, const std::string& filepath, milliseconds timeout)
    : descriptor_(
          open(lockfile.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0600)) {
  if (descriptor_ < 0) {
    throw TokenStorageError(filepath,
                            "its lock file " + lockfile + " cannot be opened: " + explain(errno));
  }
  const auto deadline = steady_clock::now() + timeout;
  for (int attempt = 0;; ++attempt) {
    const int error = try_lock(descriptor_, F_WRLCK);
    if (error == 0) return;
    const bool in_time = steady_clock::now() < deadline;
    if (is_held_by_another(error) && in_time) {
      std::this_thread::sleep_for(pause_before(attempt, descriptor_));
      continue;
    }
    ::close(descriptor_);
    if (!is_held_by_another(error)) {
      throw TokenStorageError(filepath, "its lock file " + lockfile + " cannot be locked (" +
                                            error_text(error) +
                                            "); use a file system that has locks");
    }
    throw TokenStorageError(filepath, "another process has held the lock on " + lockfile +
                                          " for more than " + std::to_string(timeout.count()) +
                                          " ms; see what that process does (fuser shows it)");
  }
}

FileLock::~FileLock() {
  // by itself, not by closing: the child of a fork may have the description open too
  try_lock(descriptor_, F_UNLCK);
  ::close(descriptor_);
}

}  // namespace globus_sdk::inline v0::detail
