// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace globus_sandbox::https {

/// The Content-Type of a file, by the end of its name; `application/octet-stream` where that says
/// nothing.
std::string_view content_type(std::string_view file_name);

/// A Content-Disposition header by which a browser saves a file under its name (RFC 6266).
/// @param file_name as bytes of the file system
std::string attachment(std::string_view file_name);

}  // namespace globus_sandbox::https
