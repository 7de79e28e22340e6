// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cerrno>
#include <filesystem>
#include <optional>
#include <string>

#include "core/process/file_descriptor.hpp"

namespace globus_sdk::inline v0::detail {

/// Where a local file is to be, whether or not there is one. Links are resolved: it is the place of
/// the file itself, and the folder is open, so that it stays the same one.
struct LocalPlace {
  FileDescriptor folder{};
  std::string name{};  ///< in the folder
  std::string path{};  ///< as the caller wrote it, for messages
};

/// Finds the place of a file that may be written.
///
/// @throws LocalFileError when there is no such folder, or what is there is a folder or a file that
///   this user may not write to.
LocalPlace find_local_place(const std::filesystem::path& target);

/// What no other file can take the place of is opened for writing: a device, a pipe, and the names
/// of descriptors (`/dev/stdout`, `/dev/fd/3`). Nothing for a place of a file.
///
/// @throws LocalFileError when it cannot be opened.
std::optional<FileDescriptor> open_without_place(const std::filesystem::path& target);

}  // namespace globus_sdk::inline v0::detail
