// SPDX-License-Identifier: Apache-2.0
#include "sandbox/transfer/tasks/tree_removal.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <string>
#include <system_error>

namespace globus_sandbox::transfer {

namespace {

[[noreturn]] void fail(int error, const std::string& name) {
  throw std::system_error(error, std::generic_category(), name);
}

FileDescriptor open_subdirectory(const FileDescriptor& directory, const std::string& name) {
  FileDescriptor result(
      ::openat(directory.get(), name.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
  if (!result.is_open()) fail(errno, name);
  return result;
}

void remove_directory(const FileDescriptor& directory, const std::string& name,
                      const struct stat& status, WorkMonitor& monitor,
                      const OnRemoved& on_removed) {
  const auto inner = open_subdirectory(directory, name);
  const auto names = names_in(inner);
  // root may remove what the owner of the directory may not; the sandbox does not use that
  constexpr mode_t needed = S_IRUSR | S_IWUSR | S_IXUSR;
  if (!names.empty() && ::geteuid() == 0 && (status.st_mode & needed) != needed) fail(EACCES, name);
  for (const auto& entry : names) remove_entry(inner, entry, true, monitor, on_removed);
  if (::unlinkat(directory.get(), name.c_str(), AT_REMOVEDIR) != 0) fail(errno, name);
}

}  // namespace

void remove_entry(const FileDescriptor& directory, const std::string& name, bool recursive,
                  WorkMonitor& monitor, const OnRemoved& on_removed) {
  monitor.check();
  const auto status = entry_status(directory, name);
  if (S_ISDIR(status.st_mode)) {
    if (!recursive) fail(EISDIR, name);
    remove_directory(directory, name, status, monitor, on_removed);
  } else if (::unlinkat(directory.get(), name.c_str(), 0) != 0) {
    fail(errno, name);
  }
  if (on_removed) on_removed(status.st_mode);
}

void remove_temporary_files(const ConfinedFolder& folder, const std::string& path,
                            std::string_view prefix) {
  try {
    const auto directory = folder.open_directory(path);
    for (const auto& name : names_in(directory)) {
      if (name.starts_with(prefix))
        ::unlinkat(directory.get(), name.c_str(), 0);
      else if (S_ISDIR(entry_status(directory, name).st_mode))
        remove_temporary_files(folder, join_path(path, name), prefix);
    }
  } catch (const std::system_error&) {
    // what cannot be looked into holds nothing that this task wrote
  }
}

}  // namespace globus_sandbox::transfer
