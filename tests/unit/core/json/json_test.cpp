// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <boost/json/monotonic_resource.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>
#include <limits>
#include <map>
#include <sstream>
#include <unordered_map>

#include "globus_sdk/core/errors.hpp"
#include "globus_sdk/core/json.hpp"
#include "globus_sdk/core/strings.hpp"

namespace {

using namespace globus_sdk;

static_assert(std::is_nothrow_copy_constructible_v<Json>);
static_assert(!std::is_constructible_v<Json, void*>, "a pointer is no truth value");
static_assert(!std::is_constructible_v<Json, char>);
static_assert(!std::is_constructible_v<Json, int*>);

std::string dumped(const Json& json) {
  return json.dump();
}

TEST(Json, IsAnyScalar) {
  EXPECT_EQ(dumped(nullptr), "null");
  EXPECT_EQ(dumped({}), "null");
  EXPECT_EQ(dumped(true), "true");
  EXPECT_EQ(dumped(-3), "-3");
  EXPECT_EQ(dumped(~std::uint64_t{0}), "18446744073709551615");
  EXPECT_EQ(dumped(1.5), "1.5");
  EXPECT_EQ(dumped(2.0), "2.0");
  EXPECT_EQ(dumped("x"), "\"x\"");
  EXPECT_EQ(dumped(std::string("x")), "\"x\"");
  EXPECT_EQ(dumped(std::string_view("x")), "\"x\"");
}

TEST(Json, IsAnObjectByPairs) {
  EXPECT_EQ(dumped({{"k", "v"}, {"k2", {1, 2}}}), R"({"k":"v","k2":[1,2]})");
  EXPECT_EQ(dumped({{"k", 1}}), R"({"k":1})");
  EXPECT_EQ(dumped({{"k", {{"l", {{"m", nullptr}}}}}}), R"({"k":{"l":{"m":null}}})");
  EXPECT_EQ(dumped({{"a", "b"}, {"c", "d"}}), R"({"a":"b","c":"d"})");
  EXPECT_EQ(dumped({{"k", Json::array()}, {"l", Json::object()}}), R"({"k":[],"l":{}})");
  const std::string key = "k";
  EXPECT_EQ(dumped({{key, 1}, {key, 2}}), R"({"k":2})");
}

TEST(Json, IsAnArrayOtherwise) {
  EXPECT_EQ(dumped({1, "two", 3.5, nullptr, true}), R"([1,"two",3.5,null,true])");
  EXPECT_EQ(dumped({"a", "b"}), R"(["a","b"])");
  EXPECT_EQ(dumped({1, 2}), "[1,2]");
  EXPECT_EQ(dumped({"a"}), R"(["a"])");
  EXPECT_EQ(dumped({{"a", 1}, "b"}), R"([["a",1],"b"])");
  EXPECT_EQ(dumped({{"a", 1}, {2, 3}}), R"([["a",1],[2,3]])");
  EXPECT_EQ(dumped({{{"id", 1}}, {{"id", 2}}}), R"([{"id":1},{"id":2}])");
}

TEST(Json, SaysArrayOrObjectWhereBracesGuessWrong) {
  EXPECT_EQ(Json::array({{"a", "b"}, {"c", "d"}}).dump(), R"([["a","b"],["c","d"]])");
  EXPECT_EQ(Json::array().dump(), "[]");
  EXPECT_EQ(Json::object().dump(), "{}");
  EXPECT_EQ(Json::object({{"a", "b"}}).dump(), R"({"a":"b"})");
  EXPECT_EQ(Json::object({{"a", 1}, {"b", {1, 2}}, {"a", 3}}).dump(), R"({"a":3,"b":[1,2]})");
  // An array that was named one stays one inside other braces.
  EXPECT_EQ(dumped({Json::array({"a", "b"}), Json::array({"c", "d"})}), R"([["a","b"],["c","d"]])");
}

TEST(Json, IsARangeOrAMap) {
  EXPECT_EQ(dumped(std::vector<int>{1, 2}), "[1,2]");
  EXPECT_EQ(dumped(std::vector<std::string>{"a", "b"}), R"(["a","b"])");
  EXPECT_EQ(dumped(std::vector<bool>{true, false}), "[true,false]");
  EXPECT_EQ(dumped(std::vector<Json>{1, "x"}), R"([1,"x"])");
  EXPECT_EQ(dumped(std::map<std::string, int>{{"a", 1}}), R"({"a":1})");
  EXPECT_EQ(dumped(std::map<std::string, std::vector<int>>{{"a", {1}}}), R"({"a":[1]})");
  EXPECT_EQ(dumped(std::unordered_map<std::string, Json>{{"a", "x"}}), R"({"a":"x"})");
  EXPECT_EQ(dumped(Strings{"a", "b"}), R"(["a","b"])");
  EXPECT_EQ(dumped({{"ids", std::vector<std::string>{"a", "b"}}}), R"({"ids":["a","b"]})");
  EXPECT_EQ(dumped(std::vector<std::vector<std::string>>{{"a", "b"}}), R"([["a","b"]])");
}

TEST(Json, IsBoostJson) {
  const boost::json::value value = {{"a", 1}};
  EXPECT_EQ(dumped(value), R"({"a":1})");
  EXPECT_EQ(dumped(value.get_object()), R"({"a":1})");
  EXPECT_EQ(dumped(boost::json::array{1, 2}), "[1,2]");
  EXPECT_EQ(dumped(boost::json::string("x")), "\"x\"");
  EXPECT_EQ(Json(value).value(), value);
}

TEST(Json, IsWhatAJsonViewShows) {
  const Json document = {{"a", {{"b", 1}}}, {"s", "x"}};
  EXPECT_EQ(dumped(document.view()), document.dump());
  EXPECT_EQ(dumped(document.view()["a"]), R"({"b":1})");
  EXPECT_EQ(dumped({{"copied", document.view()["a"]}}), R"({"copied":{"b":1}})");
  EXPECT_EQ(dumped(document.view()["s"]), "\"x\"");
}

TEST(Json, HasMemoryOfItsOwn) {
  boost::json::monotonic_resource memory;
  const boost::json::value document =
      boost::json::parse(R"({"list": [1, 2, 3], "object": {"key": "value"}})", &memory);
  for (const Json& copy :
       {Json(document), Json(document.at("list")), Json(document.as_object()),
        Json(document.at("list").as_array()), Json(document.at("object").at("key").as_string())}) {
    EXPECT_NE(copy.value().storage().get(), &memory) << copy;
  }
}

TEST(Json, IsSharedByItsCopies) {
  const Json one = {{"a", 1}};
  const Json two = one;  // NOLINT(performance-unnecessary-copy-initialization)
  EXPECT_EQ(&one.value(), &two.value());
  EXPECT_EQ(one, two);
  EXPECT_NE(one, Json(1));
}

TEST(Json, ParsesText) {
  EXPECT_EQ(Json::parse(R"({"a": [1, 2.50, "x"]})").dump(), R"({"a":[1,2.5,"x"]})");
  EXPECT_THROW(Json::parse("{"), ValidationError);
  EXPECT_THROW(Json::parse(""), ValidationError);
}

TEST(Json, RefusesWhatJsonHasNot) {
  EXPECT_THROW(dumped(std::numeric_limits<double>::infinity()), GlobusSDKUsageError);
  EXPECT_THROW(dumped({{"a", std::numeric_limits<double>::quiet_NaN()}}), GlobusSDKUsageError);
  const boost::json::value value = std::numeric_limits<double>::infinity();
  EXPECT_THROW(dumped(value), GlobusSDKUsageError);
  const char* pointer = nullptr;
  EXPECT_THROW(dumped(pointer), GlobusSDKUsageError);
}

TEST(Json, EscapesStrings) {
  EXPECT_EQ(dumped(std::string("\"\\\n\r\t\b\f\x01\x1f\x7f/é\0", 14)),
            "\"\\\"\\\\\\n\\r\\t\\b\\f\\u0001\\u001f\x7f/é\\u0000\"");
}

TEST(Json, IsNeverBrokenByBytesThatAreNoUtf8) {
  EXPECT_EQ(Json("caf\xE9.txt").dump(), R"("caf\udce9.txt")");
  EXPECT_EQ(Json({{"\xFF", "\xC3"}}).dump(), R"({"\udcff":"\udcc3"})");
  EXPECT_EQ(Json("\xC0\xAF").dump(), R"("\udcc0\udcaf")");                      // an overlong slash
  EXPECT_EQ(Json("\xE0\x80\xAF").dump(), R"("\udce0\udc80\udcaf")");            // a longer one
  EXPECT_EQ(Json("\xE2\x82").dump(), R"("\udce2\udc82")");                      // cut off
  EXPECT_EQ(Json("\xF4\x90\x80\x80").dump(), R"("\udcf4\udc90\udc80\udc80")");  // beyond Unicode
  EXPECT_EQ(Json("\xF0\x80\x80\x80").dump(), R"("\udcf0\udc80\udc80\udc80")");
  EXPECT_EQ(Json("\xED\xA0\x80").dump(), R"("\ud800")");
  EXPECT_EQ(Json("\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80").dump(),
            "\"\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80\"");
}

TEST(Json, SurvivesItsOwnText) {
  for (const char* text :
       {"null", "[]", "{}", "[[],{}]", R"({"":""})", "[0,-1,9223372036854775807]",
        "[18446744073709551615]", "[0.1,1e+300,5e-324,-0.0]", R"(["\u0000","é😀"])"}) {
    EXPECT_EQ(Json::parse(text).dump(), text);
  }
}

TEST(Json, IsPrinted) {
  std::ostringstream out;
  out << Json{{"a", 1}} << Json("x");
  EXPECT_EQ(out.str(), R"({"a":1}x)");
}

}  // namespace
