// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "globus_sdk/core/errors.hpp"
#include "globus_sdk/core/paging.hpp"
#include "globus_sdk/core/request.hpp"
#include "globus_sdk/core/response.hpp"

namespace globus_sdk::inline v0::detail {

/// The place before the first page of a folder's listing at Transfer.
///
/// @param folder its path, with a slash at its end.
PageCursor list_folder(const std::string& collection_id, const std::string& folder);

/// The entries of a page of a listing.
///
/// @throws JsonError when it has none.
JsonView entries_of(const GlobusHTTPResponse& page);

/// The place after a page; nothing when it was the last one.
std::optional<PageCursor> next_page(const PageCursor& cursor, const GlobusHTTPResponse& page);

/// The path of the folder for requests to the collection itself, which does not know `~`.
///
/// @param page of the folder's listing, which says what its path is.
std::string path_without_home(const std::string& folder, const GlobusHTTPResponse& page);

/// Whether a path begins in the home folder of whoever asks: `/~/data/`.
bool begins_at_home(const std::string& path);

/// A request that makes a folder at Transfer.
Request make_folder_request(const std::string& collection_id, const std::string& folder);

/// Whether Transfer says that there is no such file or folder.
bool says_missing(const GlobusAPIError& error);
/// Whether Transfer says that it is there already.
bool says_existing(const GlobusAPIError& error);

/// The folder above a folder; both have a slash at their end. That of the root is the root.
std::string folder_above(const std::string& folder);

}  // namespace globus_sdk::inline v0::detail
