// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "collections/byte_ranges.hpp"
#include "collections/served_file.hpp"

namespace globus_sdk::inline v0::detail {

/// Which file of which collection a download is of.
struct DownloadedFile {
  std::string collection_id{};
  std::string path{};
  std::string query{};  ///< SHA-256 of the query parameters: they may hold a secret

  friend bool operator==(const DownloadedFile&, const DownloadedFile&) = default;
};

/// What has to be known of a download that broke off, so that a later one can go on from there.
struct PartState {
  DownloadedFile of{};
  ServedFile file{};
  ByteRanges done{};
  /// Whether `done` is on the disk for sure. Otherwise it is as long as the machine runs.
  bool is_synced = false;
  std::string boot_id{};  ///< of the machine since it was started
};

/// The id of this machine since it was started; empty where the system has none.
std::string current_boot_id();

/// The state as a JSON document.
std::string write_part_state(const PartState& state);

/// @param document may be anything: another program may have written it.
/// @return nothing for a document that is no such state, or contradicts itself.
std::optional<PartState> read_part_state(std::string_view document);

/// Whether bytes that the state tells of may be used.
///
/// @param of the file that is wanted.
/// @param boot_id of now.
bool is_usable(const PartState& state, const DownloadedFile& of, const std::string& boot_id);

}  // namespace globus_sdk::inline v0::detail
