// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

#include "globus_sdk/core/response.hpp"

namespace globus_sdk::inline v0 {

/// What a collection says of a file without sending it: the headers of its answer.
class FileHead : public GlobusHTTPResponse {
 public:
  /// @param response the answer to a HEAD or GET.
  explicit FileHead(GlobusHTTPResponse response) : GlobusHTTPResponse(std::move(response)) {}

  /// The file's size in bytes (`Content-Length`).
  std::optional<std::int64_t> size() const;
  /// The name of this state of the file (`ETag`), as it was sent.
  std::optional<std::string> etag() const;
  /// When the file was changed last (`Last-Modified`).
  std::optional<std::chrono::system_clock::time_point> last_modified() const;
  /// Whether the server says that it sends parts of the file (`Accept-Ranges: bytes`).
  bool accepts_ranges() const;
};

}  // namespace globus_sdk::inline v0
