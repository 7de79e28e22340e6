// SPDX-License-Identifier: Apache-2.0
#include "core/http/fair_queue.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>
#include <vector>

namespace globus_sdk {
namespace {

using detail::FairQueue;
using testing::ElementsAre;

/// The numbers of all that may begin.
std::vector<std::uint64_t> all_turns(FairQueue& queue) {
  std::vector<std::uint64_t> numbers;
  while (const auto turn = queue.pop()) numbers.push_back(turn->number);
  return numbers;
}

TEST(FairQueue, GivesClientsTurnsOneAfterAnother) {
  FairQueue queue;
  for (const std::uint64_t number : {10U, 11U, 12U, 13U}) queue.push(1, 0, number);
  queue.push(2, 0, 20);
  queue.push(3, 0, 30);
  queue.push(3, 0, 31);
  EXPECT_THAT(all_turns(queue), ElementsAre(10, 20, 30, 11, 31, 12, 13));
  EXPECT_TRUE(queue.empty());
}

TEST(FairQueue, LetsOthersPassAClientThatHasReachedItsLimit) {
  FairQueue queue;
  for (const std::uint64_t number : {10U, 11U, 12U}) queue.push(1, 2, number);
  for (const std::uint64_t number : {20U, 21U}) queue.push(2, 0, number);
  EXPECT_THAT(all_turns(queue), ElementsAre(10, 20, 11, 21));
  queue.end(1);
  EXPECT_THAT(all_turns(queue), ElementsAre(12));
  EXPECT_FALSE(queue.empty()) << "two are under way";
  queue.end(1);
  queue.end(1);
  EXPECT_TRUE(queue.empty());
}

TEST(FairQueue, SaysWhichTurnsAreCounted) {
  FairQueue queue;
  queue.push(1, 1, 10);
  queue.push(2, 0, 20);
  EXPECT_TRUE(queue.pop()->is_counted);
  EXPECT_FALSE(queue.pop()->is_counted);
  queue.end(2);  // which nobody counts
  EXPECT_EQ(queue.pop(), std::nullopt);
}

TEST(FairQueue, KeepsNothingOfWhatIsRemoved) {
  FairQueue queue;
  for (const std::uint64_t number : {10U, 11U, 12U}) queue.push(1, 0, number);
  queue.push(2, 0, 20);
  queue.remove(1, 10);
  queue.remove(1, 12);
  queue.remove(2, 20);
  queue.remove(3, 30);  // which never waited
  EXPECT_THAT(all_turns(queue), ElementsAre(11));
  EXPECT_TRUE(queue.empty());
}

TEST(FairQueue, ForgetsAtOnceWhoGaveUpBehindALimit) {
  FairQueue queue;
  queue.push(1, 1, 10);
  EXPECT_THAT(all_turns(queue), ElementsAre(10));
  for (std::uint64_t number = 11; number < 1000; ++number) queue.push(1, 1, number);
  for (std::uint64_t number = 11; number < 1000; ++number) queue.remove(1, number);
  queue.push(1, 1, 1000);
  queue.end(1);
  EXPECT_THAT(all_turns(queue), ElementsAre(1000));
  queue.end(1);
  EXPECT_TRUE(queue.empty());
}

TEST(FairQueue, GivesAClientThatGaveUpNoSecondPlace) {
  FairQueue queue;
  queue.push(1, 0, 10);
  queue.push(2, 0, 20);
  queue.remove(1, 10);
  queue.push(1, 0, 11);
  queue.push(1, 0, 12);
  EXPECT_THAT(all_turns(queue), ElementsAre(11, 20, 12));
  EXPECT_TRUE(queue.empty());
}

TEST(FairQueue, LosesNothingAndNeverPassesALimit) {
  constexpr std::uint64_t clients = 7;
  FairQueue queue;
  std::minstd_rand random(11);
  std::vector<std::vector<std::uint64_t>> begun(clients);
  std::vector<int> under_way(clients);
  std::uint64_t pushed = 0;
  std::size_t popped = 0;
  for (int step = 0; step < 20000 || popped < pushed; ++step) {
    const auto client = random() % clients;
    if (step < 20000 && random() % 3 == 0)
      queue.push(client, static_cast<std::int64_t>(client), pushed++);
    if (random() % 2 == 0) {
      if (const auto turn = queue.pop()) {
        ++popped;
        begun[turn->client].push_back(turn->number);
        if (turn->is_counted) ++under_way[turn->client];
        EXPECT_LE(under_way[turn->client], static_cast<int>(turn->client));
      }
    }
    if (under_way[client] > 0) {
      --under_way[client];
      queue.end(client);
    }
  }
  for (const auto& numbers : begun) EXPECT_TRUE(std::ranges::is_sorted(numbers));
}

}  // namespace
}  // namespace globus_sdk
