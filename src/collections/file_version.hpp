// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "globus_sdk/core/headers.hpp"
#include "globus_sdk/core/request.hpp"

namespace globus_sdk::inline v0::detail {

/// What an answer says of the state that a file is in.
struct FileVersion {
  std::optional<std::string> etag{};
  std::optional<std::string> last_modified{};  ///< as it was sent
};

FileVersion version_of(const Headers& headers);

/// Whether the ETag tells each state of the file from every other (RFC 9110, 8.8.1).
bool has_strong_etag(const FileVersion& version);

/// Whether bytes of both may stand side by side. Where there is no strong ETag, the time of the
/// last change has to be the same as well.
bool is_same(const FileVersion& a, const FileVersion& b);

/// Makes the server refuse the request, by status 412, when the file is in another state. It has no
/// effect where the version says nothing.
Request only_of(Request request, const FileVersion& version);

}  // namespace globus_sdk::inline v0::detail
