// SPDX-License-Identifier: Apache-2.0
#include "collections/folder_names.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <string_view>

#include "globus_sdk/collections/errors.hpp"

namespace globus_sdk::inline v0::detail {

FolderNames::FolderNames(const ConfinedFolder& folder) : path_(folder.path_of("")) {
  const int descriptor = openat(folder.descriptor().get(), ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor >= 0) open_.reset(fdopendir(descriptor));
  if (!open_) {
    const int error = errno;
    if (descriptor >= 0) close(descriptor);
    throw LocalFileError("read the folder", path_, error);
  }
}

std::vector<std::string> FolderNames::next(std::size_t most) {
  std::vector<std::string> names;
  while (names.size() < most) {
    errno = 0;
    const dirent* entry = readdir(open_.get());  // of this object alone: no other thread reads it
    if (entry == nullptr) {
      if (errno != 0) throw LocalFileError("read the folder", path_, errno);
      break;
    }
    const std::string_view name = entry->d_name;
    if (name != "." && name != "..") names.emplace_back(name);
  }
  return names;
}

}  // namespace globus_sdk::inline v0::detail
