// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <memory>
#include <optional>

#include "collections/byte_taker.hpp"
#include "collections/download_parts.hpp"
#include "collections/download_progress.hpp"
#include "collections/file_digest.hpp"
#include "collections/local_place.hpp"
#include "collections/part_state.hpp"

namespace globus_sdk::inline v0::detail {

/// What a download to a local file was asked for.
struct LocalDownload {
  std::filesystem::path target{};
  /// Where the file is to be, if that has been found already: no link is followed there.
  std::shared_ptr<LocalPlace> place{};
  DownloadedFile of{};
  std::optional<ExpectedDigest> checksum{};
  bool resumes = true;
  bool keeps_times = true;
  /// Where parts of the file are to be fetched at once, the answer that has the whole is broken
  /// off.
  Splitting splitting{};
};

/// Puts bytes into a local file. A device or a pipe has them in their order.
std::shared_ptr<ByteTaker> make_local_taker(LocalDownload download,
                                            std::shared_ptr<DownloadProgress> progress);

}  // namespace globus_sdk::inline v0::detail
