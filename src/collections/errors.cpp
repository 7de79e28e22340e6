// SPDX-License-Identifier: Apache-2.0
#include "globus_sdk/collections/errors.hpp"

#include <cerrno>
#include <system_error>

namespace globus_sdk::inline v0 {

FileTransferError::~FileTransferError() = default;
FileChangedError::~FileChangedError() = default;
FileIntegrityError::~FileIntegrityError() = default;
LocalFileError::~LocalFileError() = default;

struct LocalFileError::Place {
  std::string path;
  int error_number;
};

namespace {

/// What to do about it; empty where the system's own text says all.
std::string_view remedy(int error_number) {
  switch (error_number) {
    case ENOSPC:
    case EDQUOT:
      return "free some space, or choose a place on another disk";
    case EFBIG:
      return "the file system or a limit of the process (ulimit -f) does not allow such a large "
             "file; choose another place";
    case EROFS:
      return "choose a place on a file system that can be written";
    case EACCES:
    case EPERM:
      return "see that this user may read, and write to, the file and its folder";
    case ENOENT:
    case ENOTDIR:
      return "see that every folder of the path is there";
    case EISDIR:
      return "it is a folder; name a file in it";
    case ELOOP:
      return "its symbolic links lead nowhere; remove one";
    case ENAMETOOLONG:
      return "choose a shorter name";
    case EWOULDBLOCK:
      return "another download to the same file is under way; wait for its end, or choose another "
             "name";
    case EMFILE:
    case ENFILE:
      return "close some files, or raise the limit (ulimit -n)";
    case EIO:
    case ESTALE:
      return "check the disk, or the network file system that it is on";
    case EPIPE:
      return "whoever reads from it has gone";
    default:
      return {};
  }
}

std::string message_of(const std::string& action, const std::string& path, int error_number) {
  std::string message =
      "cannot " + action + ' ' + path + ": " + std::system_category().message(error_number);
  if (const std::string_view advice = remedy(error_number); !advice.empty()) {
    message.append("; ").append(advice);
  }
  return message;
}

}  // namespace

LocalFileError::LocalFileError(Text action, Text path, int error_number)
    : FileTransferError(message_of(action.str(), path.str(), error_number)),
      place_(std::make_shared<const Place>(Place{path.str(), error_number})) {}

const std::string& LocalFileError::path() const noexcept {
  return place_->path;
}
int LocalFileError::error_number() const noexcept {
  return place_->error_number;
}

}  // namespace globus_sdk::inline v0
