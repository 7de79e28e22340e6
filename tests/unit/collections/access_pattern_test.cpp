// SPDX-License-Identifier: Apache-2.0
#include "collections/access_pattern.hpp"

#include <gtest/gtest.h>

#include <cstdint>
#include <random>
#include <vector>

namespace globus_sdk::detail {
namespace {

constexpr std::int64_t file_size = 1'000'000;

AccessPattern pattern_of(std::int64_t read_ahead = 8000, std::int64_t blocks = 100) {
  return {{.block_size = 1000, .blocks = blocks, .read_ahead = read_ahead}, file_size};
}

/// Reads from `offset` on; what is fetched ahead meanwhile.
std::vector<FilePart> read_on(AccessPattern& pattern, std::int64_t offset, std::int64_t end,
                              std::int64_t size) {
  std::vector<FilePart> ahead;
  for (; offset < end; offset += size) {
    const auto advice = pattern.note({offset, size});
    if (advice.ahead.size > 0) ahead.push_back(advice.ahead);
  }
  return ahead;
}

TEST(AccessPattern, ReadsHereAndThereFetchNothingAhead) {
  AccessPattern pattern = pattern_of();
  std::mt19937 random(1);
  for (int count = 0; count < 1000; ++count) {
    const std::int64_t offset = static_cast<std::int64_t>(random() % 100) * 10'000;
    EXPECT_EQ(pattern.note({offset, 300}).ahead.size, 0) << count;
  }
}

TEST(AccessPattern, TheWindowDoublesAndHasNoGap) {
  AccessPattern pattern = pattern_of();
  const auto ahead = read_on(pattern, 0, 40'000, 100);
  ASSERT_GE(ahead.size(), 4U);
  EXPECT_EQ(ahead.at(0), (FilePart{1000, 1000}));
  EXPECT_EQ(ahead.at(1), (FilePart{2000, 2000}));
  EXPECT_EQ(ahead.at(2), (FilePart{4000, 4000}));
  for (std::size_t index = 1; index < ahead.size(); ++index) {
    EXPECT_EQ(ahead[index].offset, ahead[index - 1].end());
    EXPECT_LE(ahead[index].size, 4000);
  }
}

TEST(AccessPattern, TheWindowIsNeverLargerThanAllowed) {
  for (const std::int64_t size : {10, 100, 999, 1000, 1001, 3500}) {
    AccessPattern pattern = pattern_of();
    for (std::int64_t offset = 0; offset < 100'000; offset += size) {
      const auto ahead = pattern.note({offset, size}).ahead;
      if (ahead.size == 0) continue;
      EXPECT_LE(ahead.end(), offset + size + 8000 + 1000) << size;
      EXPECT_GE(ahead.offset, offset) << size;
    }
  }
}

TEST(AccessPattern, NothingIsFetchedBehindTheFile) {
  AccessPattern pattern = pattern_of();
  for (const FilePart& ahead : read_on(pattern, 900'000, file_size, 100)) {
    EXPECT_LT(ahead.offset, file_size);
  }
}

TEST(AccessPattern, TheSamePlaceAgainIsNoStream) {
  AccessPattern pattern = pattern_of();
  for (int count = 0; count < 100; ++count) EXPECT_EQ(pattern.note({0, 100}).ahead.size, 0);
}

TEST(AccessPattern, SeveralReadersAreTold) {
  AccessPattern pattern = pattern_of();
  std::vector<std::int64_t> bytes(4, 0);
  for (std::int64_t step = 0; step < 300; ++step) {
    for (std::size_t reader = 0; reader < bytes.size(); ++reader) {
      const auto begin = static_cast<std::int64_t>(reader) * 200'000;
      bytes[reader] += pattern.note({begin + step * 100, 100}).ahead.size;
    }
  }
  for (const std::int64_t count : bytes) EXPECT_GE(count, 28'000);
}

TEST(AccessPattern, AllReadersTogetherGetHalfOfTheCache) {
  AccessPattern pattern = pattern_of(1'000'000, 40);
  std::int64_t largest = 0;
  for (std::int64_t step = 0; step < 300; ++step) {
    for (std::int64_t reader = 0; reader < 4; ++reader) {
      const std::int64_t position = reader * 200'000 + step * 100;
      const auto ahead = pattern.note({position, 100}).ahead;
      if (step > 50 && ahead.size > 0) largest = std::max(largest, ahead.end() - position);
    }
  }
  EXPECT_GT(largest, 0);
  EXPECT_LE(largest, 20'000 / 4 + 2000);
}

TEST(AccessPattern, OnlySmallReadsAndThoseInARowGoByBlocks) {
  AccessPattern pattern = pattern_of();
  EXPECT_TRUE(pattern.note({500'000, 249}).by_blocks);
  EXPECT_FALSE(pattern.note({600'000, 250}).by_blocks);
  EXPECT_TRUE(pattern.note({600'000, 250}).by_blocks) << "again";
  EXPECT_FALSE(pattern.note({700'000, 100'000}).by_blocks);
  EXPECT_FALSE(pattern.note({300'000, 900}).by_blocks);
  EXPECT_FALSE(pattern.note({300'900, 900}).by_blocks);
  EXPECT_TRUE(pattern.note({301'800, 900}).by_blocks) << "the third in a row";
}

TEST(AccessPattern, WithoutRoomNothingGoesByBlocks) {
  AccessPattern pattern = pattern_of(8000, 0);
  for (std::int64_t offset = 0; offset < 10'000; offset += 10) {
    const auto advice = pattern.note({offset, 10});
    EXPECT_FALSE(advice.by_blocks);
    EXPECT_EQ(advice.ahead.size, 0);
  }
}

}  // namespace
}  // namespace globus_sdk::detail
