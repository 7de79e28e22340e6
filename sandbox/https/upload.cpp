// SPDX-License-Identifier: Apache-2.0
#include "sandbox/https/upload.hpp"

#include <fcntl.h>

#include <cerrno>
#include <cstdio>
#include <optional>
#include <system_error>

#include "sandbox/base/random.hpp"

namespace globus_sandbox::https {

namespace {

[[noreturn]] void fail(int error) {
  throw std::system_error(error, std::generic_category());
}

/// The file that an upload is going to replace, if any. Throws where it may not be replaced: as if
/// it were written to in its place, it takes the permission to write to it.
std::optional<struct stat> replaced_by(const transfer::ConfinedFolder::Entry& target) {
  struct stat status{};
  if (::fstatat(target.directory.get(), target.name.c_str(), &status, AT_SYMLINK_NOFOLLOW) != 0) {
    if (errno != ENOENT) fail(errno);
    return std::nullopt;
  }
  if (S_ISLNK(status.st_mode)) return status;
  if (!S_ISREG(status.st_mode)) fail(EISDIR);
  if ((status.st_mode & S_IWUSR) == 0) fail(EACCES);
  return status;
}

constexpr mode_t all_permissions = S_IRWXU | S_IRWXG | S_IRWXO;

}  // namespace

Upload::Upload(const transfer::ConfinedFolder& folder, std::string_view path)
    : target_(folder.open_parent(path)), name_(".globus-upload-" + random_uuid() + ".part") {
  // a new file is as open as the umask says; one that replaces another is its owner's alone until
  // it is whole and gets that one's permissions
  const auto replaced = replaced_by(target_);
  const mode_t mode = replaced && S_ISREG(replaced->st_mode) ? S_IRUSR | S_IWUSR : 0666;
  file_ = FileDescriptor(::openat(target_.directory.get(), name_.c_str(),
                                  O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode));
  if (!file_.is_open()) fail(errno);
}

Upload::~Upload() {
  if (!is_in_place_) ::unlinkat(target_.directory.get(), name_.c_str(), 0);
}

bool Upload::take_place(Target target) {
  const auto replaced = replaced_by(target_);
  if (replaced && S_ISREG(replaced->st_mode) &&
      ::fchmod(file_.get(), replaced->st_mode & all_permissions) != 0)
    fail(errno);
  const int directory = target_.directory.get();
  const unsigned flags = target == Target::must_be_new ? RENAME_NOREPLACE : 0;
  if (::renameat2(directory, name_.c_str(), directory, target_.name.c_str(), flags) != 0)
    fail(errno);
  is_in_place_ = true;
  return !replaced;
}

struct stat Upload::status() const {
  struct stat status{};
  if (::fstat(file_.get(), &status) != 0) fail(errno);
  return status;
}

}  // namespace globus_sandbox::https
