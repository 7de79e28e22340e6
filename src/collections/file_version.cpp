// SPDX-License-Identifier: Apache-2.0
#include "collections/file_version.hpp"

#include <utility>

namespace globus_sdk::inline v0::detail {

FileVersion version_of(const Headers& headers) {
  return {headers.get("ETag"), headers.get("Last-Modified")};
}

bool has_strong_etag(const FileVersion& version) {
  const auto& etag = version.etag;
  return etag && etag->size() >= 2 && etag->front() == '"' && etag->back() == '"';
}

bool is_same(const FileVersion& a, const FileVersion& b) {
  if (a.etag != b.etag) return false;
  return has_strong_etag(a) || a.last_modified == b.last_modified;
}

Request only_of(Request request, const FileVersion& version) {
  // a weak ETag never matches in If-Match
  if (has_strong_etag(version)) return std::move(request).header("If-Match", *version.etag);
  if (!version.last_modified) return request;
  return std::move(request).header("If-Unmodified-Since", *version.last_modified);
}

}  // namespace globus_sdk::inline v0::detail
