// SPDX-License-Identifier: Apache-2.0
#include "collections/collection_path.hpp"

#include <string_view>

#include "core/base/url_encoding.hpp"
#include "globus_sdk/core/errors.hpp"

namespace globus_sdk::inline v0::detail {

namespace {

/// What is wrong with a path on a collection; empty for nothing.
std::string_view fault_of(std::string_view path) {
  if (!path.starts_with('/')) return "must begin with /";
  if (path.find('\0') != std::string_view::npos) return "must not hold NUL";
  const std::string padded = std::string(path) + "/";
  if (padded.find("/./") != std::string::npos || padded.find("/../") != std::string::npos) {
    return "must not contain the path steps . and ..";
  }
  return {};
}

void check(std::string_view path) {
  if (const auto fault = fault_of(path); !fault.empty()) {
    throw GlobusSDKUsageError("path " + std::string(fault));
  }
}

}  // namespace

Request file_request(std::string method, Text path) {
  check(path);
  if (path.view().ends_with('/')) {
    throw GlobusSDKUsageError("path must be that of a file, and not end with /");
  }
  return {std::move(method), quote(path)};
}

std::string folder_path(Text path) {
  check(path);
  std::string folder = path.str();
  if (!folder.ends_with('/')) folder += '/';
  return folder;
}

}  // namespace globus_sdk::inline v0::detail
