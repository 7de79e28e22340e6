// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace globus_sandbox {

/// Throws std::runtime_error where there is a file at `path` that belongs to another user, who
/// could read what is written to it.
void require_own_file(const std::string& path);

/// Gives a file the mode 0600 where there is one, whatever it had. Throws as `require_own_file`
/// does. What is no regular file, such as a pipe, stays as it is.
void make_private(const std::string& path);

/// Makes an empty file with the mode 0600, whatever the umask, unless there is a file. Throws
/// std::system_error.
void ensure_private_file(const std::string& path);

}  // namespace globus_sandbox
