// SPDX-License-Identifier: Apache-2.0
#include "globus_sdk/core/headers.hpp"

#include <gtest/gtest.h>

namespace {

using globus_sdk::Headers;
using Values = std::vector<std::string>;

TEST(Headers, AreFoundWhateverTheirCase) {
  const Headers headers = {{"Content-Type", "text/html"}, {"X-A", "1"}, {"x-a", "2"}};
  EXPECT_EQ(headers.get("content-TYPE"), "text/html");
  EXPECT_EQ(headers.get("x-A"), "1");
  EXPECT_EQ(headers.all("X-a"), (Values{"1", "2"}));
  EXPECT_FALSE(headers.get("Content"));
  EXPECT_FALSE(headers.get(""));
  EXPECT_TRUE(headers.contains("X-a"));
  EXPECT_FALSE(headers.contains("X-"));
}

TEST(Headers, KeepTheirOrderAndSpelling) {
  Headers headers;
  EXPECT_TRUE(headers.empty());
  headers.add("B", "1");
  headers.add("a", "2");
  headers.add("b", "3");
  std::string all;
  for (const auto& [name, value] : headers) all += name + "=" + value + " ";
  EXPECT_EQ(all, "B=1 a=2 b=3 ");
  EXPECT_EQ(headers.size(), 3U);
}

TEST(Headers, AreSetAndRemoved) {
  Headers headers = {{"A", "1"}, {"B", "2"}, {"a", "3"}};
  headers.set("a", "4");
  EXPECT_EQ(headers.all("A"), Values{"4"});
  EXPECT_EQ(headers.size(), 2U);
  headers.set("C", "5");
  EXPECT_EQ(headers.get("c"), "5");
  headers.remove("A");
  EXPECT_FALSE(headers.contains("A"));
}

TEST(Headers, MayBeGivenTheirOwnTexts) {
  Headers headers = {{"A", "first value, too long to be stored in place"}, {"A", "x"}};
  headers.set(headers.begin()->first, headers.begin()->second);
  EXPECT_EQ(headers.all("a"), Values{"first value, too long to be stored in place"});
  headers.remove(headers.begin()->first);
  EXPECT_TRUE(headers.empty());
}

}  // namespace
