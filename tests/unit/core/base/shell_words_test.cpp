// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "core/base/shell_words.hpp"

namespace globus_sdk::detail {
namespace {

using Words = std::vector<std::string>;

TEST(ShellWords, AreWhatAShellTakes) {
  EXPECT_EQ(shell_words(""), Words{});
  EXPECT_EQ(shell_words(" a\tb\n"), (Words{"a", "b"}));
  EXPECT_EQ(shell_words(R"(a' b'"c d" '' "")"), (Words{"a bc d", "", ""}));
  EXPECT_EQ(shell_words(R"(a\ b "c\"d\\e\f" 'g\h')"), (Words{"a b", R"(c"d\e\f)", R"(g\h)"}));
  EXPECT_EQ(shell_words("$HOME * # ;"), (Words{"$HOME", "*", "#", ";"}));
}

TEST(ShellWords, AreNoneWhereTheLineIsNotWhole) {
  for (const char* line : {"'", "\"a", "a\\", "\"\\"}) EXPECT_FALSE(shell_words(line)) << line;
  EXPECT_EQ(shell_words("'a\\'"), Words{"a\\"});
}

}  // namespace
}  // namespace globus_sdk::detail
