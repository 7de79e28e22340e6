// SPDX-License-Identifier: Apache-2.0
#include "globus_sdk/core/text.hpp"

#include <gtest/gtest.h>

#include <string>

#include "globus_sdk/core/errors.hpp"
#include "globus_sdk/core/json.hpp"

namespace {

using globus_sdk::GlobusSDKUsageError;
using globus_sdk::Json;
using globus_sdk::JsonError;
using globus_sdk::Text;

template <class T>
concept TakesTwoPointers = requires(void (*call)(T)) { call({"a", "b"}); };
template <class T>
concept TakesNestedPointers = requires(void (*call)(T)) { call({{"a", "b"}}); };
template <class T>
concept TakesEmptyBraces = requires(void (*call)(T)) { call({}); };

static_assert(TakesTwoPointers<std::string>, "the test itself: std::string does take them");
static_assert(!TakesTwoPointers<Text>);
static_assert(!TakesNestedPointers<Text>);
static_assert(!TakesEmptyBraces<Text>);
static_assert(!std::is_constructible_v<Text, std::nullptr_t>);
static_assert(!std::is_constructible_v<Text, int>);
static_assert(!std::is_constructible_v<Text, char>);
static_assert(!std::is_constructible_v<Text, const void*>);
static_assert(!std::is_constructible_v<Text, const char*, const char*>);

std::string copied(Text text) {
  return text.str();
}

TEST(Text, TakesEveryKindOfText) {
  const std::string string = "string";
  const char* pointer = "pointer";
  EXPECT_EQ(copied("literal"), "literal");
  EXPECT_EQ(copied(string), "string");
  EXPECT_EQ(copied(std::string("temporary")), "temporary");
  EXPECT_EQ(copied(std::string_view("view")), "view");
  EXPECT_EQ(copied(pointer), "pointer");
  EXPECT_EQ(copied({"braced"}), "braced");
  EXPECT_EQ(copied(""), "");
  EXPECT_TRUE(Text("").empty());
}

TEST(Text, KeepsCharactersThatAreNul) {
  EXPECT_EQ(copied(std::string("a\0b", 3)), std::string("a\0b", 3));
}

TEST(Text, TakesAJsonString) {
  const Json document = {{"id", "abc"}, {"size", 3}};
  EXPECT_EQ(copied(document.view()["id"]), "abc");
  EXPECT_THROW(copied(document.view()["size"]), JsonError);
}

TEST(Text, RefusesANullPointer) {
  const char* pointer = nullptr;
  EXPECT_THROW(copied(pointer), GlobusSDKUsageError);
}

TEST(Text, BecomesAStringView) {
  const std::string_view view = Text("abc");
  EXPECT_EQ(view, "abc");
}

}  // namespace
