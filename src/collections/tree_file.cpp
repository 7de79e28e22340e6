// SPDX-License-Identifier: Apache-2.0
#include "collections/tree_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

#include "collections/answered_part.hpp"
#include "globus_sdk/collections/errors.hpp"

namespace globus_sdk::inline v0::detail {

namespace {

constexpr mode_t permissions = 07777;

}  // namespace

TreeFile::TreeFile(ConfinedFolder::Shared folder, std::string name, std::optional<mode_t> mode,
                   OnBytes on_bytes)
    : folder_(std::move(folder)),
      name_(std::move(name)),
      mode_(mode),
      on_bytes_(std::move(on_bytes)) {}

TreeFile::~TreeFile() {
  if (has_name_ && !is_placed_) folder_->remove_part(name_);
}

void TreeFile::begin(const Answer& head) {
  expected_ = read_answered_part(head, AskedPart(), folder_->path_of(name_)).end;
  if (!part_) open();
}

void TreeFile::open() {
  // nobody reads a private file's new bytes before it is private itself
  const mode_t mode = mode_ ? S_IRUSR | S_IWUSR : 0666;
  // what is to be replaced can be replaced by a file with a name only
  if (!mode_) part_ = folder_->open_nameless(name_, mode);
  if (part_) return;
  part_ = folder_->open_part(name_, mode);
  has_name_ = true;
}

void TreeFile::write(std::span<const std::byte> bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(part_.get(), bytes.data(), bytes.size());
    if (written < 0) {
      if (errno == EINTR) continue;
      throw LocalFileError("write", folder_->path_of(name_), errno);
    }
    bytes = bytes.subspan(static_cast<std::size_t>(written));
    size_ += written;
    on_bytes_(written);
  }
}

bool TreeFile::rewind() {
  on_bytes_(-std::exchange(size_, 0));
  if (part_ && (ftruncate(part_.get(), 0) != 0 || lseek(part_.get(), 0, SEEK_SET) != 0)) {
    throw LocalFileError("write", folder_->path_of(name_), errno);
  }
  return true;
}

void TreeFile::place(std::optional<std::chrono::sys_seconds> time) {
  if (!part_) {
    throw FileTransferError("the server answers with what is neither a file nor an error");
  }
  if (expected_ && size_ != *expected_) {
    throw FileIntegrityError(std::to_string(size_) + " bytes came of " +
                             std::to_string(*expected_));
  }
  if (mode_ && fchmod(part_.get(), *mode_ & permissions) != 0) {
    throw LocalFileError("set the mode of", folder_->path_of(name_), errno);
  }
  if (time) {
    const auto times = times_of_change(*time);
    if (futimens(part_.get(), times.data()) != 0) {
      throw LocalFileError("set the time of", folder_->path_of(name_), errno);
    }
  }
  require_written();
  if (has_name_) {
    folder_->place_part(part_, name_);
  } else {
    folder_->place_nameless(part_, name_);
  }
  is_placed_ = true;
}

/// File systems of other machines say when a descriptor is closed, and not before, that there was
/// no space for what was written. This descriptor holds the lock, and stays open.
void TreeFile::require_written() const {
  const int other = fcntl(part_.get(), F_DUPFD_CLOEXEC, 0);
  if (other < 0 || close(other) != 0) {
    throw LocalFileError("write", folder_->path_of(name_), errno);
  }
}

}  // namespace globus_sdk::inline v0::detail
