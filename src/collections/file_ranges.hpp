// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "collections/part_source.hpp"
#include "globus_sdk/collections/remote_file.hpp"

namespace globus_sdk::inline v0::detail {

/// A part of a file that one request fetches, and the ranges that lie in it, by their offsets.
struct JoinedPart {
  FilePart part{};
  std::vector<FileRange> ranges{};
};

/// Joins ranges that lie so near each other that the bytes between them cost less than a request.
/// A long range is split, so that its pieces may come at the same time.
///
/// @param ranges in any order; none is empty.
std::vector<JoinedPart> join_ranges(const std::vector<FileRange>& ranges);

/// Fetches ranges straight into their memory, several parts at the same time.
///
/// @param ranges all within the file, and none empty.
void fetch_ranges(const PartSource& source, const std::vector<FileRange>& ranges,
                  const Connection& connection);

}  // namespace globus_sdk::inline v0::detail
