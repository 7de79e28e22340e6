// SPDX-License-Identifier: Apache-2.0
#include "globus_sdk/core/choices.hpp"

#include <gtest/gtest.h>

#include "globus_sdk/core/errors.hpp"
#include "globus_sdk/core/json.hpp"

namespace {
enum class Shade { light, dark };
enum class Size { small, large };
}  // namespace

template <> struct globus_sdk::ChoiceNames<Shade> {
  static constexpr std::string_view parameter = "shade";
  static constexpr std::string_view names[] = {"light", "dark"};
  static constexpr bool closed = false;
};

template <> struct globus_sdk::ChoiceNames<Size> {
  static constexpr std::string_view parameter = "size";
  static constexpr std::string_view names[] = {"small", "large"};
  static constexpr bool closed = true;
};

namespace {

using namespace globus_sdk;
using Values = std::vector<std::string>;

static_assert(!std::is_constructible_v<Choices<Shade>, int>);
static_assert(!std::is_constructible_v<Choices<Shade>, Size>);
static_assert(!std::is_constructible_v<Choices<Shade>, std::nullptr_t>);

/// As an option is given.
Values values(const Field<Choices<Shade>>& shades) {
  return shades->strings().values();
}

TEST(Choices, AreOneOrABracedList) {
  EXPECT_EQ(values("dark"), Values{"dark"});
  EXPECT_EQ(values(Shade::dark), Values{"dark"});
  EXPECT_EQ(values(Choice<Shade>("dark")), Values{"dark"});
  EXPECT_EQ(values({"dark"}), Values{"dark"});
  EXPECT_EQ(values({Shade::dark, "light"}), (Values{"dark", "light"}));
  EXPECT_EQ(values(Strings()), Values{});
}

TEST(Choices, AreAnyRange) {
  EXPECT_EQ(values(std::vector<Shade>{Shade::dark, Shade::light}), (Values{"dark", "light"}));
  EXPECT_EQ(values(Values{"dark", "grey"}), (Values{"dark", "grey"}));
  EXPECT_EQ(values(Strings({"dark", "light"})), (Values{"dark", "light"}));
  EXPECT_EQ(values(Json("dark").view()), Values{"dark"});
  EXPECT_EQ(values(Json::array({"dark", "light"}).view()), (Values{"dark", "light"}));
}

TEST(Choices, KnowOneFromAListOfOne) {
  EXPECT_TRUE(Choices<Shade>(Shade::dark).strings().is_one_text());
  EXPECT_TRUE(Choices<Shade>("dark").strings().is_one_text());
  EXPECT_FALSE(Choices<Shade>({Shade::dark}).strings().is_one_text());
}

TEST(Choices, OfAClosedSetRefuseOthers) {
  EXPECT_THROW(Choices<Size>("medium"), GlobusSDKUsageError);
  EXPECT_THROW(Choices<Size>({"small", "medium"}), GlobusSDKUsageError);
  EXPECT_THROW(Choices<Size>(Strings({"small", "medium"})), GlobusSDKUsageError);
  EXPECT_THROW(Choices<Size>(Json::array({"medium"}).view()), GlobusSDKUsageError);
  EXPECT_THROW(Choices<Shade>(""), GlobusSDKUsageError) << "an empty one is in no set";
}

}  // namespace
