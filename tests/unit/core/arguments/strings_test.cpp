// SPDX-License-Identifier: Apache-2.0
#include "globus_sdk/core/strings.hpp"

#include <gtest/gtest.h>

#include <ranges>
#include <set>

#include "globus_sdk/core/errors.hpp"
#include "globus_sdk/core/json.hpp"

namespace {

using namespace globus_sdk;
using Values = std::vector<std::string>;

static_assert(!std::is_constructible_v<Strings, std::nullptr_t>);
static_assert(!std::is_constructible_v<Strings, int>);
static_assert(!std::is_constructible_v<Strings, std::vector<int>>);

Values values(const Strings& strings) {
  return strings.values();
}

TEST(Strings, AreOneStringOrABracedList) {
  EXPECT_EQ(values("a"), Values{"a"});
  EXPECT_EQ(values(std::string("a")), Values{"a"});
  EXPECT_EQ(values({"a"}), Values{"a"});
  EXPECT_EQ(values({"a", "b"}), (Values{"a", "b"}));
  EXPECT_EQ(values({"a", std::string("b"), std::string_view("c")}), (Values{"a", "b", "c"}));
  EXPECT_EQ(values({}), Values{});
}

TEST(Strings, AreAnyRangeOfTexts) {
  const std::vector<std::string_view> views = {"a", "b"};
  const std::set<std::string> set = {"b", "a"};
  const char* array[] = {"a", "b"};
  Values strings = {"a", "", "b"};
  EXPECT_EQ(values(views), (Values{"a", "b"}));
  EXPECT_EQ(values(set), (Values{"a", "b"}));
  EXPECT_EQ(values(array), (Values{"a", "b"}));
  auto full = strings | std::views::filter([](const std::string& s) { return !s.empty(); });
  EXPECT_EQ(values(full), (Values{"a", "b"}));
  EXPECT_EQ(values(std::vector<JsonView>{Json("a").view(), Json("b").view()}), (Values{"a", "b"}));
}

TEST(Strings, AreWhatAJsonViewHolds) {
  const Json document = {{"one", "a"}, {"two", {"a", "b"}}, {"bad", {"a", 1}}, {"number", 1}};
  EXPECT_EQ(values(document.view()["one"]), Values{"a"});
  EXPECT_EQ(values(document.view()["two"]), (Values{"a", "b"}));
  EXPECT_EQ(values({document.view()["one"], "b"}), (Values{"a", "b"}));
  EXPECT_THROW(values(document.view()["bad"]), JsonError);
  EXPECT_THROW(values(document.view()["number"]), JsonError);
}

TEST(Strings, KnowATextFromAListOfOne) {
  EXPECT_TRUE(Strings("a").is_one_text());
  EXPECT_TRUE(Strings(Json("a").view()).is_one_text());
  EXPECT_FALSE(Strings({"a"}).is_one_text());
  EXPECT_FALSE(Strings(Values{"a"}).is_one_text());
  EXPECT_FALSE(Strings(Json::array({"a"}).view()).is_one_text());
  EXPECT_FALSE(Strings().is_one_text());
  EXPECT_EQ(Strings("a"), Strings({"a"})) << "they are the same strings";
}

TEST(Strings, AreJoined) {
  EXPECT_EQ(Strings({"a", "", "c"}).joined(','), "a,,c");
  EXPECT_EQ(Strings("a").joined(','), "a");
  EXPECT_EQ(Strings().joined(','), "");
}

TEST(Strings, RefuseANullPointer) {
  const char* pointer = nullptr;
  EXPECT_THROW(values(pointer), GlobusSDKUsageError);
  EXPECT_THROW(values({"a", pointer}), GlobusSDKUsageError);
}

}  // namespace
