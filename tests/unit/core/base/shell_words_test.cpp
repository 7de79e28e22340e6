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

/// A line, and the words that Python's `shlex.split(line, comments=True)` makes of it.
struct PythonsWords {
  std::string line;
  Words words;
};

const PythonsWords pythons_words[] = {
    {"", {}},
    {"   ", {}},
    {"\t", {}},
    {"a", {"a"}},
    {" a  b ", {"a", "b"}},
    {"a\tb", {"a", "b"}},
    {"a\r", {"a"}},
    {"a\rb", {"a", "b"}},
    {"a\nb", {"a", "b"}},
    {"'a b' c", {"a b", "c"}},
    {"\"a b\" c", {"a b", "c"}},
    {"a' 'b", {"a b"}},
    {"a\"b\"'c'd", {"abcd"}},
    {"''", {""}},
    {"\"\"", {""}},
    {"'' \"\"", {"", ""}},
    {"a''", {"a"}},
    {"''a", {"a"}},
    {"a '' b", {"a", "", "b"}},
    {"\\a", {"a"}},
    {"a\\ b", {"a b"}},
    {"\\ ", {" "}},
    {"\\\\", {"\\"}},
    {"\\'", {"'"}},
    {"\\\"", {"\""}},
    {"\\#", {"#"}},
    {"'\\'", {"\\"}},
    {"'a\\b'", {"a\\b"}},
    {"\"\\a\"", {"\\a"}},
    {"\"\\\\\"", {"\\"}},
    {"\"\\\"\"", {"\""}},
    {"\"\\'\"", {"\\'"}},
    {"\"\\$\\`\"", {"\\$\\`"}},
    {"\"a'b\"", {"a'b"}},
    {"'a\"b'", {"a\"b"}},
    {"#", {}},
    {"# a b", {}},
    {" # a", {}},
    {"a # b", {"a"}},
    {"a #b", {"a"}},
    {"a# b", {"a"}},
    {"a#b c", {"a"}},
    {"#a'", {}},
    {"a #'", {"a"}},
    {"a#\\", {"a"}},
    {"'#' a", {"#", "a"}},
    {"\"#\" a", {"#", "a"}},
    {"'a'#b", {"a"}},
    {"''#", {""}},
    {"a''#", {"a"}},
    {"'a#b'", {"a#b"}},
    {"\"a #b\" c", {"a #b", "c"}},
    {"\\#a b", {"#a", "b"}},
    {"a\\#b", {"a#b"}},
    {"$HOME ~ * ? [a-z]", {"$HOME", "~", "*", "?", "[a-z]"}},
    {"a;b|c&d>e<f(g)", {"a;b|c&d>e<f(g)"}},
    {"a\302\240b c", {"a\302\240b", "c"}},
    {"ü 'ö ä' \\ß", {"ü", "ö ä", "ß"}},
    {"日本 \"語 x\"", {"日本", "語 x"}},
    {"😀\\ 😀", {"😀 😀"}},
    {"\357\273\277a b", {"\357\273\277a", "b"}},
    {"a\342\200\250b", {"a\342\200\250b"}},
    {"a\302\205b", {"a\302\205b"}},
    {"a\013b\014c", {"a\013b\014c"}},
    {"a\177b", {"a\177b"}},
    {"a=b --c='d e' -f", {"a=b", "--c=d e", "-f"}},
    {"--x=\"a b\"", {"--x=a b"}},
    {"\\ #", {" "}},
    {"a\\\\#b", {"a\\"}},
    {"'a'\\''b'", {"a'b"}},
    {"\"a\"\\\"\"b\"", {"a\"b"}},
};

/// A line that Python refuses, and a word of the reason.
struct Refused {
  std::string line;
  std::string reason;
};

const Refused refused_by_python[] = {
    {"'a", "quote"},      {"\"a", "quote"},    {"a'", "quote"},        {"a \"b c", "quote"},
    {"a\\", "backslash"}, {"\\", "backslash"}, {"\"a\\", "backslash"}, {"\"a\\\"", "quote"},
    {"'a\\", "quote"},    {"'a' 'b", "quote"}, {"''\\", "backslash"},  {"a '# b", "quote"},
    {"a \"# b", "quote"},
};

TEST(ShellWords, BeforeACommentAreThoseOfPython) {
  for (const auto& [line, words] : pythons_words) {
    const ShellLine read = shell_words_before_comment(line);
    EXPECT_EQ(read.words, words) << line;
    EXPECT_EQ(read.fault, "") << line;
  }
}

TEST(ShellWords, ThatPythonRefusesAreFaults) {
  for (const auto& [line, reason] : refused_by_python) {
    const ShellLine read = shell_words_before_comment(line);
    EXPECT_TRUE(read.words.empty()) << line;
    EXPECT_NE(read.fault.find(reason), std::string_view::npos) << line << ": " << read.fault;
  }
}

}  // namespace
}  // namespace globus_sdk::detail
