// SPDX-License-Identifier: Apache-2.0
#include "collections/tree_listing.hpp"

#include <cstdint>
#include <limits>
#include <string_view>
#include <utility>

namespace globus_sdk::inline v0::detail {

namespace {

/// Few folders have more entries, and as many take a few megabytes of memory.
constexpr std::int64_t page_size = 10'000;

}  // namespace

PageCursor list_folder(const std::string& collection_id, const std::string& folder) {
  // in a fixed order, without which pages of one folder need not fit together
  Request request = get(path("/v0.10/operation/endpoint/{endpoint_id}/ls", {collection_id}))
                        .query("path", folder)
                        .query("orderby", "name");
  Paging paging;
  paging.kind = Paging::Kind::limit_offset_total;
  paging.items_key = "DATA";
  paging.max_total_results = std::numeric_limits<std::int64_t>::max();
  paging.page_size = page_size;
  return {std::move(request), paging};
}

JsonView entries_of(const GlobusHTTPResponse& page) {
  return page["DATA"];
}

std::optional<PageCursor> next_page(const PageCursor& cursor, const GlobusHTTPResponse& page) {
  if (!page.get("total")) return std::nullopt;
  PageCursor next = cursor.after(page);
  if (next.done()) return std::nullopt;
  return next;
}

bool begins_at_home(const std::string& path) {
  return path.starts_with("/~");
}

std::string path_without_home(const std::string& folder, const GlobusHTTPResponse& page) {
  if (!begins_at_home(folder)) return folder;
  const auto absolute = page.get("absolute_path");
  if (!absolute || !absolute->is_string()) return folder;
  std::string found = absolute->str();
  if (!found.starts_with('/')) return folder;
  if (!found.ends_with('/')) found += '/';
  return found;
}

Request make_folder_request(const std::string& collection_id, const std::string& folder) {
  return post(path("/v0.10/operation/endpoint/{endpoint_id}/mkdir", {collection_id}))
      .json(Payload().set("DATA_TYPE", "mkdir").set("path", folder))
      .safe_to_repeat();  // a folder that is there is as good as one that was made
}

bool says_missing(const GlobusAPIError& error) {
  return error.http_status() == 404 || error.code().ends_with("NotFound");
}

bool says_existing(const GlobusAPIError& error) {
  return error.code().ends_with(".Exists");
}

std::string folder_above(const std::string& folder) {
  const std::size_t slash = std::string_view(folder).substr(0, folder.size() - 1).rfind('/');
  return slash == std::string::npos ? "/" : folder.substr(0, slash + 1);
}

}  // namespace globus_sdk::inline v0::detail
