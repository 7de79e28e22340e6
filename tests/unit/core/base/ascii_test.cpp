// SPDX-License-Identifier: Apache-2.0
#include "core/base/ascii.hpp"

#include <gtest/gtest.h>

namespace globus_sdk::detail {
namespace {

TEST(Ascii, TheCaseOfLettersMakesNoDifference) {
  EXPECT_TRUE(ascii_equal("Content-Type", "content-TYPE"));
  EXPECT_TRUE(ascii_equal("", ""));
  EXPECT_FALSE(ascii_equal("Content-Type", "Content-Typ"));
  EXPECT_TRUE(ascii_starts_with("HTTPS://host", "https://"));
  EXPECT_TRUE(ascii_starts_with("x", ""));
  EXPECT_FALSE(ascii_starts_with("http", "https"));
  EXPECT_EQ(ascii_lowered("A-Z\xC4"), "a-z\xC4");
}

TEST(Ascii, WhatIsNoLetterIsItself) {
  for (int code = 0; code < 256; ++code) {
    const char c = static_cast<char>(code);
    const bool is_upper = c >= 'A' && c <= 'Z';
    const bool is_lower = c >= 'a' && c <= 'z';
    EXPECT_EQ(ascii_lower(c) != c, is_upper) << code;
    EXPECT_EQ(ascii_upper(c) != c, is_lower) << code;
    EXPECT_EQ(ascii_upper(ascii_lower(c)), ascii_upper(c));
  }
  EXPECT_FALSE(ascii_equal("@[`{", "`{@["));
}

}  // namespace
}  // namespace globus_sdk::detail
