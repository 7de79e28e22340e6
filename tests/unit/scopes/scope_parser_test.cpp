// SPDX-License-Identifier: Apache-2.0
#include "globus_sdk/scopes/scope_parser.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace {

using namespace globus_sdk;
using testing::HasSubstr;

std::string parsed(std::string_view text) {
  return ScopeParser::serialize(ScopeParser::parse(text), {.reject_empty = false});
}

struct Read {
  const char* text;
  const char* result;
};

TEST(ScopeParser, ReadsAndMerges) {
  const Read table[] = {
      {"", ""},
      {"   ", ""},
      {"a", "a"},
      {"  a   b ", "a b"},
      {"*a", "*a"},
      {"a[b]", "a[b]"},
      {"a[ b  c ]", "a[b c]"},
      {"*a[*b[c] d] e", "*a[*b[c] d] e"},
      // one name is one scope
      {"a a", "a"},
      {"a *a", "a *a"},
      {"a[b] a[c]", "a[b c]"},
      {"a[b] b[c]", "a[b[c]] b[c]"},
      {"b[c] *a[b[d]]", "b[c d] *a[b[c d]]"},
      {"a[b[c] b[d]]", "a[b[c d]]"},
      {"a[*b b]", "a[b]"},
      {"a[b] a[*b]", "a[b]"},
      {"a[*b *b]", "a[*b]"},
      {"x[*b] y[b]", "x[*b] y[b]"},
      // '*' may stand right behind a name
      {"a*b", "a *b"},
      // what is white space but no space is part of a name, but for the end of the text
      {"a\tb", "a\tb"},
      {"a\n", "a"},
      {"a\n ", "a\n"},
      {"a \t\r\n", "a"},
      {"a \xc2\xa0\xe3\x80\x80", "a"},
      {"a[\n]", "a[\n]"},
  };
  for (const Read& row : table) EXPECT_EQ(parsed(row.text), row.result) << row.text;
}

struct Refused {
  const char* text;
  const char* reason;
  std::size_t position;
};

TEST(ScopeParser, SaysWhatIsWrongAndWhere) {
  const Refused table[] = {
      {"*", "a scope has to follow '*'", 1},
      {"a *", "a scope has to follow '*'", 3},
      {"*\n", "a scope has to follow '*'", 2},
      {"**a", "a scope has to follow '*'", 1},
      {"a[*]", "a scope has to follow '*'", 3},
      {"a*[b]", "a scope has to follow '*'", 2},
      {"* a", "a space after '*'", 1},
      {"a [b]", "a space before '['", 2},
      {"[a]", "no scope before '['", 0},
      {"a[[b]]", "'[' after '['", 2},
      {"a]", "']' without a '['", 1},
      {"a[b]]", "']' without a '['", 4},
      {"a[]", "nothing between '[' and ']'", 2},
      {"a[ ]", "nothing between '[' and ']'", 3},
      {"a[b]c", "neither a space nor another ']' after ']'", 4},
      {"a[b]*c", "neither a space nor another ']' after ']'", 4},
      {"a[b][c]", "neither a space nor another ']' after ']'", 4},
      {"a[", "nothing after '['", 2},
      {"a[\t", "nothing after '['", 3},
      {"a[b", "no ']' for this '['", 1},
      {"a[b[c]", "no ']' for this '['", 1},
  };
  for (const Refused& row : table) {
    try {
      FAIL() << row.text << " is read as " << parsed(row.text);
    } catch (const ScopeCycleError& error) {
      ADD_FAILURE() << row.text << ": " << error.what();
    } catch (const ScopeParseError& error) {
      EXPECT_THAT(error.what(), HasSubstr(row.reason)) << row.text;
      EXPECT_EQ(error.position(), row.position) << row.text << ": " << error.what();
      EXPECT_THAT(error.what(), HasSubstr("at byte " + std::to_string(row.position)));
    }
  }
}

TEST(ScopeParser, FindsCycles) {
  const Refused table[] = {
      {"a[a]", "(a -> a)", 2},
      {"a[*a]", "(a -> a)", 3},
      {"a[b[a]]", "(a -> b -> a)", 4},
      {"a[b] b[a]", "(a -> b -> a)", 7},
      {"x a[b[c]] y[c[d]] d[b]", "(b -> c -> d -> b)", 20},
  };
  for (const Refused& row : table) {
    try {
      FAIL() << row.text << " is read as " << parsed(row.text);
    } catch (const ScopeCycleError& error) {
      EXPECT_THAT(error.what(), HasSubstr(row.reason)) << row.text;
      EXPECT_EQ(error.position(), row.position) << row.text << ": " << error.what();
    }
  }
}

TEST(ScopeParser, CycleIsShownInFewWords) {
  std::string text;
  for (int i = 0; i < 1000; ++i) text += std::string(200, 'n') + std::to_string(i) + '[';
  text += std::string(200, 'n') + '0' + std::string(1000, ']');
  try {
    FAIL() << ScopeParser::parse(text).size();
  } catch (const ScopeCycleError& error) {
    EXPECT_LT(std::string(error.what()).size(), 1200U);
    EXPECT_THAT(error.what(), HasSubstr("... -> "));
  }
}

TEST(ScopeParser, MergesLists) {
  const auto merged = [](const Strings& a, const Strings& b) {
    return ScopeParser::serialize(ScopeParser::merge_scopes(a, b), {.reject_empty = false});
  };
  EXPECT_EQ(merged({Scope("a")}, {Scope("b")}), "a b");
  EXPECT_EQ(merged({Scope("a")}, {Scope::parse("a[b]")}), "a[b]");
  EXPECT_EQ(merged(ScopeParser::parse("a[*b] c"), ScopeParser::parse("c[d] a[b]")), "a[b] c[d]");
  EXPECT_EQ(merged("a b", Scope("b")), "a b");
  EXPECT_EQ(merged({}, {Scope("a")}), "a");
  EXPECT_EQ(merged({Scope("a")}, {}), "a");
  EXPECT_EQ(merged({}, {}), "");
  EXPECT_THROW(merged(Scope::parse("a[b]"), Scope::parse("b[a]")), ScopeCycleError);
}

TEST(ScopeParser, SerializesWithoutReading) {
  EXPECT_EQ(ScopeParser::serialize(Scope("foo")), "foo");
  EXPECT_EQ(ScopeParser::serialize({Scope("foo"), "bar", Scope("qux")}), "foo bar qux");
  EXPECT_EQ(ScopeParser::serialize("a[ a"), "a[ a");
  EXPECT_EQ(ScopeParser::serialize({"a", "a"}), "a a");
  EXPECT_EQ(ScopeParser::serialize("", {.reject_empty = false}), "");
  EXPECT_THROW(ScopeParser::serialize(""), GlobusSDKUsageError);
  EXPECT_THROW(ScopeParser::serialize({}), GlobusSDKUsageError);
  EXPECT_THROW(ScopeParser::serialize(std::vector<Scope>()), GlobusSDKUsageError);
  EXPECT_THROW(ScopeParser::serialize({"", ""}), GlobusSDKUsageError);
}

TEST(ScopeParser, ReadsAHundredThousandLevels) {
  constexpr int levels = 100'000;
  std::string text;
  for (int i = 0; i < levels; ++i) text += 's' + std::to_string(i) + '[';
  text += "leaf" + std::string(levels, ']');
  const Scope scope = Scope::parse(text);
  EXPECT_EQ(scope.str(), text);
  Scope innermost = scope;
  for (int i = 0; i < levels; ++i) innermost = innermost.dependencies().front();
  EXPECT_EQ(innermost, Scope("leaf"));

  // and those without an end, and those that close on themselves
  text.pop_back();
  EXPECT_THROW(ScopeParser::parse(text), ScopeParseError);
  EXPECT_THROW(ScopeParser::parse("leaf[s0] " + text + ']'), ScopeCycleError);
}

TEST(ScopeParser, ReadsAMegabyteOfOthers) {
  std::string siblings = "a[";
  for (int i = 0; siblings.size() < 1'000'000; ++i) siblings += 's' + std::to_string(i) + ' ';
  siblings.back() = ']';
  EXPECT_EQ(parsed(siblings), siblings);
  EXPECT_EQ(parsed(std::string(1'000'000, 'x')), std::string(1'000'000, 'x'));
  EXPECT_EQ(parsed(std::string(1'000'000, ' ')), "");
  EXPECT_EQ(parsed("a" + std::string(1'000'000, '\n')), "a");
  std::string same;
  while (same.size() < 1'000'000) same += "a[b] ";
  EXPECT_EQ(parsed(same), "a[b]");
}

TEST(ScopeParser, RefusesWhatWouldGrowWithoutBound) {
  // two ways through each of 60 levels: 2^60 ways in all, in a text of a few hundred bytes
  std::string text;
  for (int i = 0; i < 60; ++i) {
    const auto level = std::to_string(i);
    const auto next = std::to_string(i + 1);
    text +=
        "a" + level + "[a" + next + " b" + next + "] b" + level + "[a" + next + " b" + next + "] ";
  }
  try {
    FAIL() << ScopeParser::parse(text).size();
  } catch (const ScopeParseError& error) {
    EXPECT_THAT(error.what(), HasSubstr("4 MiB"));
  }
  // its cycles are still found
  EXPECT_THROW(ScopeParser::parse(text + " a60[a0]"), ScopeCycleError);
  EXPECT_THROW(ScopeParser::parse(std::string((std::size_t{4} << 20U) + 1, ' ')), ScopeParseError);
}

}  // namespace
