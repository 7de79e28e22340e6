// SPDX-License-Identifier: Apache-2.0
// What a decision (docs/adr) says of the code is still so.
#include <gtest/gtest.h>

#include <array>
#include <fstream>
#include <regex>
#include <set>
#include <string>

namespace {

std::string text_of(const std::string& path) {
  std::ifstream file(std::string(GLOBUS_SDK_SOURCE_DIR) + '/' + path);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::set<std::string> names_in(const std::string& text, const std::string& pattern) {
  const std::regex expression(pattern);
  std::set<std::string> names;
  for (std::sregex_iterator match(text.begin(), text.end(), expression), end; match != end; ++match)
    names.insert((*match)[1].str());
  return names;
}

TEST(Decisions, FunctionsOfAnAuthorizerAreThoseThatItHas) {
  const std::string decision = text_of("docs/adr/0005-authorizers-know-nothing-of-modes.md");
  const auto functions =
      names_in(text_of("include/globus_sdk/core/authorizer.hpp"), R"(virtual [\w:<> ]+ (\w+)\()");
  EXPECT_EQ(names_in(decision, R"(\n\* `(\w+)`)"), functions);
  constexpr std::array numbers{"no", "one", "two", "three", "four", "five", "six", "seven"};
  ASSERT_LT(functions.size(), numbers.size());
  const std::string said = std::string("The interface is ") + numbers.at(functions.size());
  EXPECT_NE(decision.find(said + " ordinary functions"), std::string::npos) << said;
}

}  // namespace
