// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

#include "globus_sdk/collections/checksum.hpp"
#include "globus_sdk/collections/file_progress.hpp"
#include "globus_sdk/core/field.hpp"
#include "globus_sdk/core/json.hpp"

namespace globus_sdk::inline v0 {

/// Options of GCSCollectionClient::head.
struct HeadFileOptions {
  /// Further query parameters.
  Field<Json> query_params{};
};

/// Options of GCSCollectionClient::download.
struct DownloadOptions {
  /// The checksum that the file must have. A download to a local file compares before it puts the
  /// file in place.
  Field<Checksum> checksum{};
  /// Whether a download to a local file goes on from the bytes of an earlier one that broke off, if
  /// the file is still the same. Unset: true.
  Field<bool> resume{};
  /// How many parts of a large file are fetched at once into a local file. Unset: as many as the
  /// size is worth; 1 for a file that is not large.
  Field<std::int64_t> connections{};
  /// Whether a local file gets the time of the collection's. Unset: true.
  Field<bool> keep_times{};
  /// Called while bytes come.
  Field<OnProgress> on_progress{};
  /// Further query parameters.
  Field<Json> query_params{};
};

/// Options of GCSCollectionClient::upload.
struct UploadOptions {
  /// How many bytes there are: needed for a callback, and for a stream that cannot be searched.
  Field<std::int64_t> size{};
  /// The media type of the file. Unset: `application/octet-stream`.
  Field<std::string> content_type{};
  /// Whether a file that is there may be replaced. Unset: true.
  Field<bool> overwrite{};
  /// Replace the file only if it is in this state: an ETag as `head` gives it.
  Field<std::string> if_match{};
  /// Called while bytes go.
  Field<OnProgress> on_progress{};
  /// Further query parameters.
  Field<Json> query_params{};
};

/// Options of GCSCollectionClient::remove.
struct RemoveFileOptions {
  /// Remove the file only if it is in this state: an ETag as `head` gives it.
  Field<std::string> if_match{};
  /// Further query parameters.
  Field<Json> query_params{};
};

/// Options of GCSCollectionClient::download_tree and upload_tree.
struct TreeOptions {
  /// How many files move at once, from 1 to 256. Unset: 8.
  Field<std::int64_t> connections{};
  /// Whether a file that is there already is left as it is. Unset: true. With false every file
  /// moves. A local file is the same when it has the size and, to the second, the time of the
  /// collection's; where `keep_times` is false, when it has the size and is not older.
  Field<bool> skip_unchanged{};
  /// Whether local files get the time of the collection's. Unset: true. A collection sets the time
  /// of what it receives by itself.
  Field<bool> keep_times{};
  /// Called while bytes move, with the sums over the tree. `total` is there when all files have
  /// been found.
  Field<OnProgress> on_progress{};
};

/// Options of GCSCollectionClient::open.
struct OpenFileOptions {
  /// How many bytes are fetched and kept together. Unset: 256 KiB.
  Field<std::int64_t> block_size{};
  /// How many bytes of the file are kept in memory at most. Unset: 32 MiB.
  Field<std::int64_t> cache_size{};
  /// How many bytes are fetched ahead at most while the file is read from front to back; 0 for
  /// none. Unset: 8 MiB.
  Field<std::int64_t> read_ahead{};
};

}  // namespace globus_sdk::inline v0
