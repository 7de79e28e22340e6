// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>

#include "collections/sized_source.hpp"
#include "core/process/file_descriptor.hpp"

namespace globus_sdk::inline v0::detail {

/// Opens a local file for an upload.
///
/// @throws LocalFileError when it cannot be opened, or is a folder; GlobusSDKUsageError for an
///   empty path, and for what is no ordinary file.
SizedBytes open_local_file(const std::filesystem::path& file);

/// The same for a file that is open already.
///
/// @param path the file's path, for messages.
SizedBytes bytes_of_file(FileDescriptor file, const std::string& path);

}  // namespace globus_sdk::inline v0::detail
