// SPDX-License-Identifier: Apache-2.0
#include "collections/tree_queue.hpp"

#include <gtest/gtest.h>

#include <string>
#include <thread>

namespace globus_sdk::detail {
namespace {

using Queue = TreeQueue<std::string, int>;

TEST(TreeQueue, TheDeepestFolderComesFirstAndOnlyWhileFewFilesWait) {
  Queue queue(2, 10, "top");
  EXPECT_EQ(queue.next().folder, "top");
  queue.add({"rest of top", "first"}, {1});
  EXPECT_EQ(queue.next().folder, "first");
  queue.add({"rest of first", "deep"}, {2, 3});
  EXPECT_EQ(queue.next().file, 1);  // three are not few
  EXPECT_EQ(queue.next().file, 2);
  EXPECT_EQ(queue.next().folder, "deep");
}

TEST(TreeQueue, FilesMoveWhileAsManyFoldersAsMayBeAreLookedInto) {
  Queue queue(10, 1, "a");
  queue.add({"b"}, {1});
  EXPECT_EQ(queue.next().folder, "b");
  EXPECT_EQ(queue.next().file, 1);
  const auto turn = queue.next();
  EXPECT_FALSE(turn.is_end());
  ASSERT_TRUE(turn.news);
  EXPECT_FALSE(queue.visited());
  EXPECT_TRUE(turn.news->await_end({}));
  EXPECT_EQ(queue.next().folder, "a");
  EXPECT_TRUE(queue.visited());
  EXPECT_TRUE(queue.next().is_end());
}

TEST(TreeQueue, WhoWaitsHearsOfNewFiles) {
  Queue queue(10, 1, "a");
  queue.next();
  const auto turn = queue.next();
  ASSERT_TRUE(turn.news);
  std::jthread visitor([&queue] { queue.add({}, {7}); });
  EXPECT_TRUE(turn.news->await_end({}));
  EXPECT_EQ(queue.next().file, 7);
}

TEST(TreeQueue, WhenItIsClosedNothingIsLeft) {
  Queue queue(10, 2, "a");
  queue.add({"b"}, {1, 2});
  queue.next();
  const auto file = queue.next();
  queue.close();
  queue.add({"late"}, {3});
  EXPECT_FALSE(queue.next().folder);
  queue.visited();
  queue.visited();
  EXPECT_TRUE(queue.next().is_end());
}

}  // namespace
}  // namespace globus_sdk::detail
