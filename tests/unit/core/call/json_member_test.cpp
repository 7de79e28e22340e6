// SPDX-License-Identifier: Apache-2.0
// The members of typed views: what they read, what they refuse, and how they are used.
#include "globus_sdk/core/json_member.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <cstdint>
#include <limits>
#include <map>
#include <sstream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "globus_sdk/core/globus_error.hpp"
#include "globus_sdk/core/json.hpp"

namespace globus_sdk::inline v0 {
namespace {

/// An enumerator that only these tests have.
enum class Colour { red, dark_green };

}  // namespace

template <> struct ChoiceNames<Colour> {
  static constexpr std::string_view parameter = "colour";
  static constexpr std::string_view names[] = {"red", "dark-green"};
  static constexpr bool closed = false;
};

}  // namespace globus_sdk::inline v0

namespace globus_sdk_test {
namespace {

using namespace globus_sdk;
using std::chrono::sys_seconds;
using namespace std::chrono_literals;
using testing::HasSubstr;

/// The member `a` of a document.
template <class T> JsonMember<T> member(const std::string& document) {
  return JsonMember<T>(Json::parse(document).view(), "a");
}

template <class T> std::string printed(const JsonMember<T>& member) {
  std::ostringstream out;
  out << member;
  return out.str();
}

/// The message of the JsonError that a function throws.
template <class Function> std::string json_error(Function function) {
  try {
    function();
  } catch (const JsonError& error) {
    return error.what();
  }
  return "no JsonError";
}

TEST(JsonMember, OfAText) {
  const auto name = member<std::string>(R"({"a": "Ä \u0000 b"})");
  const std::string copy = name;
  const std::string_view characters = name;
  EXPECT_EQ(copy, std::string("Ä \0 b", 6));
  EXPECT_EQ(characters, copy);
  EXPECT_EQ(name->size(), 6u);
  EXPECT_EQ(*name, copy);
  EXPECT_EQ(printed(name), copy);
  EXPECT_TRUE(name);
  std::string assigned;
  assigned = name;
  assigned += name;
  EXPECT_EQ(assigned, copy + copy);
}

TEST(JsonMember, OfATextIsComparedAsOne) {
  const auto name = member<std::string>(R"({"a": "b"})");
  EXPECT_TRUE(name == "b");
  EXPECT_TRUE("b" == name);
  EXPECT_TRUE(name == std::string("b"));
  EXPECT_TRUE(name == std::string_view("b"));
  EXPECT_TRUE(name != "c");
  EXPECT_TRUE(name == member<std::string>(R"({"a": "b"})"));
  EXPECT_TRUE(name == Json("b").view());
  EXPECT_TRUE(Json("b").view() == name);
  EXPECT_TRUE(name < member<std::string>(R"({"a": "c"})"));
}

TEST(JsonMember, OfATextIsAParameter) {
  const auto name = member<std::string>(R"({"a": "b"})");
  const auto taken = [](Text text) { return text.str(); };
  EXPECT_EQ(taken(name), "b");
  EXPECT_EQ(Json(name).dump(), R"("b")");
  EXPECT_EQ(Field<std::string>(name).value(), "b");
  const std::map<std::string, int> numbers{{"b", 1}};
  EXPECT_EQ(numbers.at(name), 1);
}

TEST(JsonMember, OfANumber) {
  const auto size = member<std::int64_t>(R"({"a": 7})");
  std::int64_t sum = size;
  sum += size;
  EXPECT_EQ(sum, 14);
  EXPECT_EQ(size + 1, 8);
  EXPECT_TRUE(size == 7);
  EXPECT_TRUE(size == 7u);
  EXPECT_TRUE(size != -7);
  EXPECT_TRUE(size > 6);
  EXPECT_TRUE(size <= 7);
  EXPECT_TRUE(size < member<std::int64_t>(R"({"a": 8})"));
  EXPECT_EQ(printed(size), "7");
  EXPECT_TRUE(member<double>(R"({"a": 0.5})") == 0.5);
  EXPECT_EQ(printed(member<double>(R"({"a": 0.5})")), "0.5");
}

/// A number that is negative is equal to no unsigned one.
TEST(JsonMember, OfANumberIsComparedByItsValue) {
  const auto none = member<std::int64_t>(R"({"a": -1})");
  EXPECT_FALSE(none == std::numeric_limits<std::uint64_t>::max());
}

/// As a number, zero is false: a file without bytes is not one whose size is unknown.
TEST(JsonMember, OfANumberIsFalseWhenItIsZero) {
  const auto size = member<std::int64_t>(R"({"a": 0})");
  EXPECT_TRUE(size.has_value());
  EXPECT_FALSE(size ? true : false);
}

TEST(JsonMember, LargeNumbersAreExact) {
  EXPECT_EQ(member<std::int64_t>(R"({"a": 9007199254740993})"), 9007199254740993);
  EXPECT_EQ(member<std::int64_t>(R"({"a": 9223372036854775807})"),
            std::numeric_limits<std::int64_t>::max());
  EXPECT_EQ(member<std::int64_t>(R"({"a": 864000.0})"), 864000);
  EXPECT_THAT(json_error([] { member<std::int64_t>(R"({"a": 9223372036854775808})"); }),
              HasSubstr(R"(["a"])"));
  EXPECT_THAT(json_error([] { member<std::int64_t>(R"({"a": 0.5})"); }), HasSubstr(R"(["a"])"));
}

/// A boolean is its value in a condition, whether or not it is there.
TEST(JsonMember, OfABoolean) {
  const auto no = member<bool>(R"({"a": false})");
  EXPECT_TRUE(no.has_value());
  EXPECT_FALSE(no);
  EXPECT_TRUE(!no);
  EXPECT_TRUE(no == false);
  EXPECT_EQ(printed(no), "false");
  EXPECT_TRUE(member<bool>(R"({"a": true})"));
  EXPECT_THAT(json_error([] { return static_cast<bool>(member<bool>("{}")); }), HasSubstr("\"a\""));
}

/// The forms in which the services write times.
TEST(JsonMember, OfATimeInEveryForm) {
  const sys_seconds time{1767323045s};
  for (const std::string text :
       {"2026-01-02T03:04:05+00:00", "2026-01-02T03:04:05.000000+00:00", "2026-01-02T03:04:05Z",
        "2026-01-02T03:04:05", "2026-01-02 03:04:05+00:00", "2026-01-02T03:04:05.999999",
        "2026-01-02T04:04:05+01:00", "2026-01-01T22:04:05.5-0500"}) {
    const auto when = member<sys_seconds>(R"({"a": ")" + text + "\"}");
    EXPECT_EQ(when, time) << text;
    EXPECT_EQ(printed(when), "2026-01-02T03:04:05Z") << text;
  }
  EXPECT_EQ(member<sys_seconds>(R"({"a": "2026-01-02"})"), sys_seconds(1767312000s));
  // before 1970 a part of a second is cut towards the earlier second, too
  EXPECT_EQ(member<sys_seconds>(R"({"a": "1969-12-31T23:59:59.5Z"})"), sys_seconds(-1s));
  EXPECT_EQ(member<sys_seconds>(R"({"a": "9999-12-31T23:59:59Z"})"), sys_seconds(253402300799s));
}

TEST(JsonMember, OfATimeIsUsedAsOne) {
  const auto start = member<sys_seconds>(R"({"a": "2026-01-02T03:04:05Z"})");
  const auto end = member<sys_seconds>(R"({"a": "2026-01-02T03:04:15Z"})");
  const sys_seconds value = end;
  EXPECT_EQ(value - *start, 10s);
  EXPECT_TRUE(start < end);
  EXPECT_TRUE(start < std::chrono::system_clock::now() + std::chrono::years(100));
  EXPECT_TRUE(start == std::chrono::sys_time<std::chrono::milliseconds>(1767323045000ms));
  EXPECT_TRUE(start);
}

/// A text that is no time is left where it is: in the document.
TEST(JsonMember, OfATimeThatIsNone) {
  for (const std::string text :
       {"", "yesterday", "2026-01-02T03:04:05+00:00+00:00", "2026-13-01"}) {
    EXPECT_FALSE(member<sys_seconds>(R"({"a": ")" + text + "\"}").has_value()) << text;
  }
  EXPECT_THAT(json_error([] { member<sys_seconds>(R"({"a": 1767323045})"); }),
              HasSubstr(R"(["a"]: not a string but a number)"));
}

TEST(JsonMember, OfAChoice) {
  const auto colour = member<Choice<Colour>>(R"({"a": "dark-green"})");
  EXPECT_TRUE(colour == Colour::dark_green);
  EXPECT_TRUE(colour != Colour::red);
  EXPECT_TRUE(Colour::dark_green == colour);
  EXPECT_EQ(colour->str(), "dark-green");
  EXPECT_EQ(printed(colour), "dark-green");
}

/// A service may have values that this SDK does not know.
TEST(JsonMember, OfAChoiceThatIsNewer) {
  const auto colour = member<Choice<Colour>>(R"({"a": "blue"})");
  EXPECT_TRUE(colour.has_value());
  EXPECT_FALSE(colour->known().has_value());
  EXPECT_EQ(colour->str(), "blue");
  EXPECT_FALSE(colour == Colour::red);
  EXPECT_FALSE(colour == Colour::dark_green);
  EXPECT_TRUE(colour == member<Choice<Colour>>(R"({"a": "blue"})"));
  EXPECT_FALSE(member<Choice<Colour>>(R"({"a": ""})").has_value());
}

TEST(JsonMember, OfAList) {
  const auto names = member<std::vector<std::string>>(R"({"a": ["b", null, "c"]})");
  EXPECT_EQ(*names, (std::vector<std::string>{"b", "c"}));
  EXPECT_TRUE(member<std::vector<std::string>>(R"({"a": []})").has_value());
  EXPECT_FALSE(member<std::vector<std::string>>("{}").has_value());
  EXPECT_THAT(json_error([] { member<std::vector<std::string>>(R"({"a": ["b", 1]})"); }),
              HasSubstr(R"(["a"][1]: not a string but a number)"));
}

TEST(JsonMember, OfJson) {
  const auto any = member<JsonView>(R"({"a": {"b": [1, 2]}})");
  EXPECT_EQ((*any)["b"][1], 2);
  EXPECT_EQ(printed(any), R"({"b":[1,2]})");
}

template <class T> void has_none(const JsonMember<T>& member) {
  EXPECT_FALSE(member.has_value());
  EXPECT_EQ(printed(member), "null");
  EXPECT_THAT(json_error([&member] { return member.value(); }), HasSubstr("\"a\""));
  EXPECT_THAT(json_error([&member] { return *member; }), HasSubstr("\"a\""));
  EXPECT_THAT(json_error([&member]() -> T { return member; }), HasSubstr("\"a\""));
  EXPECT_TRUE(member == JsonMember<T>());
}

/// Not there is not zero, and not empty: asking for the value names the member.
TEST(JsonMember, ThatIsMissingOrNull) {
  for (const std::string document : {"{}", R"({"a": null})", R"({"b": 1})"}) {
    has_none(member<std::string>(document));
    has_none(member<std::int64_t>(document));
    has_none(member<bool>(document));
    has_none(member<double>(document));
    has_none(member<sys_seconds>(document));
    has_none(member<Choice<Colour>>(document));
    has_none(member<JsonView>(document));
  }
  const auto label = member<std::string>("{}");
  EXPECT_FALSE(label);
  EXPECT_EQ(label.value_or("none"), "none");
  EXPECT_FALSE(label == "");
  EXPECT_TRUE(label != "");
  EXPECT_FALSE(member<std::int64_t>("{}") == 0);
  EXPECT_FALSE(member<Choice<Colour>>("{}") == Colour::red);
}

TEST(JsonMember, OfAnotherTypeIsRefused) {
  const auto refusal_of = [](auto type, const std::string& value) {
    return json_error([&] { member<decltype(type)>(R"({"a": )" + value + "}"); });
  };
  EXPECT_EQ(refusal_of(std::string(), "1"), R"(["a"]: not a string but a number)");
  EXPECT_EQ(refusal_of(std::int64_t(), R"("1")"), R"(["a"]: not an integer but a string)");
  EXPECT_EQ(refusal_of(bool(), "0"), R"(["a"]: not a boolean but a number)");
  EXPECT_EQ(refusal_of(double(), "[]"), R"(["a"]: not a number but an array)");
  EXPECT_EQ(refusal_of(std::vector<std::string>(), R"("x")"),
            R"(["a"]: not an array but a string)");
  EXPECT_EQ(refusal_of(sys_seconds(), "{}"), R"(["a"]: not a string but an object)");
}

/// A member owns its value: the document may go.
TEST(JsonMember, OutlivesTheDocument) {
  const std::string long_text(1000, 'x');
  const JsonMember<std::string> kept = member<std::string>(R"({"a": ")" + long_text + "\"}");
  EXPECT_EQ(kept, long_text);
  EXPECT_EQ(*member<std::string>(R"({"a": ")" + long_text + "\"}"), long_text);
  const std::string& lives_on = *member<std::string>(R"({"a": ")" + long_text + "\"}");
  EXPECT_EQ(lives_on, long_text);
  JsonMember<std::string> copy = kept;
  const JsonMember<std::string> moved = std::move(copy);
  EXPECT_EQ(moved, kept);
}

}  // namespace
}  // namespace globus_sdk_test
