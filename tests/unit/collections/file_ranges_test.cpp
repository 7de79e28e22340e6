// SPDX-License-Identifier: Apache-2.0
#include "collections/file_ranges.hpp"

#include <gtest/gtest.h>

#include <cstddef>
#include <vector>

namespace globus_sdk::detail {
namespace {

constexpr std::int64_t kib = 1024;
constexpr std::int64_t mib = 1024 * kib;

std::vector<FilePart> joined_parts(const std::vector<FilePart>& wanted) {
  static std::vector<std::byte> memory(64 * mib);  // nothing is written there
  std::vector<FileRange> ranges;
  for (const FilePart& part : wanted) {
    ranges.push_back({part.offset, std::span(memory).first(static_cast<std::size_t>(part.size))});
  }
  std::vector<FilePart> parts;
  for (const JoinedPart& joined : join_ranges(ranges)) {
    parts.push_back(joined.part);
    for (const FileRange& range : joined.ranges) {
      EXPECT_GE(range.offset, joined.part.offset);
      EXPECT_LE(range.offset + std::ssize(range.buffer), joined.part.end());
    }
  }
  return parts;
}

using Parts = std::vector<FilePart>;

TEST(JoinRanges, JoinsWhatIsNear) {
  EXPECT_EQ(joined_parts({}), Parts{});
  EXPECT_EQ(joined_parts({{10, 5}}), (Parts{{10, 5}}));
  EXPECT_EQ(joined_parts({{100, 10}, {0, 10}}), (Parts{{0, 110}}));
  EXPECT_EQ(joined_parts({{0, 10}, {10 + 64 * kib, 10}}), (Parts{{0, 20 + 64 * kib}}));
  EXPECT_EQ(joined_parts({{0, 10}, {11 + 64 * kib, 10}}), (Parts{{0, 10}, {11 + 64 * kib, 10}}));
}

TEST(JoinRanges, TakesRangesThatOverlap) {
  EXPECT_EQ(joined_parts({{0, 100}, {20, 10}, {90, 20}, {0, 100}}), (Parts{{0, 110}}));
}

TEST(JoinRanges, SplitsWhatIsLong) {
  EXPECT_EQ(joined_parts({{5, 40 * mib}}),
            (Parts{{5, 16 * mib}, {5 + 16 * mib, 16 * mib}, {5 + 32 * mib, 8 * mib}}));
  EXPECT_EQ(joined_parts({{0, 10 * mib}, {10 * mib, 10 * mib}}),
            (Parts{{0, 10 * mib}, {10 * mib, 10 * mib}}));
}

}  // namespace
}  // namespace globus_sdk::detail
