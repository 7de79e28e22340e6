// SPDX-License-Identifier: Apache-2.0
#include "globus_sdk/core/choice.hpp"

#include <gtest/gtest.h>

#include "globus_sdk/core/errors.hpp"
#include "globus_sdk/core/json.hpp"

namespace {
enum class Depth { shallow, deep };
enum class Color { red, green };
}  // namespace

template <> struct globus_sdk::ChoiceNames<Depth> {
  static constexpr std::string_view parameter = "depth";
  static constexpr std::string_view names[] = {"shallow", "deep"};
  static constexpr bool closed = true;
  static constexpr std::int64_t integers[] = {10, 20};
};

template <> struct globus_sdk::ChoiceNames<Color> {
  static constexpr std::string_view parameter = "color";
  static constexpr std::string_view names[] = {"red", "green"};
  static constexpr bool closed = false;
};

namespace {

using namespace globus_sdk;

static_assert(!std::is_constructible_v<Choice<Color>, int>);
static_assert(!std::is_constructible_v<Choice<Depth>, bool>);
static_assert(!std::is_constructible_v<Choice<Depth>, double>);
static_assert(!std::is_constructible_v<Choice<Depth>, Color>);
static_assert(!std::is_constructible_v<Choice<Depth>, std::nullptr_t>);

template <class Action> std::string error_of(Action action) {
  try {
    action();
  } catch (const GlobusSDKUsageError& error) {
    return error.what();
  }
  return "no error";
}

TEST(Choice, IsAnEnumATextOrANumber) {
  for (const Choice<Depth>& choice :
       {Choice<Depth>(Depth::deep), Choice<Depth>("deep"), Choice<Depth>(20)}) {
    EXPECT_EQ(choice.str(), "deep");
    EXPECT_EQ(choice, Depth::deep);
    EXPECT_EQ(choice.integer(), 20);
  }
  EXPECT_EQ(Choice<Depth>(Json("deep").view()), Depth::deep);
}

TEST(Choice, OfAClosedSetRefusesOthersAndNamesItsOwn) {
  EXPECT_EQ(error_of([] { Choice<Depth>("middle"); }),
            "depth: 'middle' is not one of 'shallow', 'deep'");
  EXPECT_EQ(error_of([] { Choice<Depth>(""); }), "depth: '' is not one of 'shallow', 'deep'");
  EXPECT_EQ(error_of([] { Choice<Depth>(15); }), "depth: 15 is not one of 10, 20");
  EXPECT_EQ(error_of([] { Choice<Depth>(-1); }), "depth: -1 is not one of 10, 20");
  EXPECT_NE(error_of([] { Choice<Depth>(static_cast<Depth>(2)); }), "no error");
  EXPECT_NE(error_of([] { Choice<Depth>(static_cast<Depth>(-1)); }), "no error");
}

TEST(Choice, OfAnOpenSetTakesYoungerValues) {
  const Choice<Color> blue = "blue";
  EXPECT_EQ(blue.str(), "blue");
  EXPECT_FALSE(blue.known().has_value());
  EXPECT_EQ(Choice<Color>("green").known(), Color::green);
  EXPECT_NE(error_of([] { Choice<Color>(""); }), "no error");
}

}  // namespace
