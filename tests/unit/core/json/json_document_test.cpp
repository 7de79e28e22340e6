// SPDX-License-Identifier: Apache-2.0
// What is read of a JSON document is what Boost.JSON says it is, and little is copied.
#include <gtest/gtest.h>

#include <bit>
#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>
#include <cmath>
#include <limits>
#include <random>
#include <string>
#include <string_view>

#include "core/json/json_document.hpp"
#include "globus_sdk/core/errors.hpp"
#include "globus_sdk/core/json.hpp"
#include "globus_sdk/core/response.hpp"

namespace {

using namespace globus_sdk;

JsonView parsed(std::string text) {
  auto document = detail::parse_json(std::move(text));
  EXPECT_TRUE(document);
  return document.value_or(JsonView());
}

/// `{"<first>":<first>,...}` with `count` members, the first ones last.
std::string object_of(int first, int count) {
  std::string text;
  for (int number = first + count - 1; number >= first; --number) {
    text +=
        (text.empty() ? "{\"" : ",\"") + std::to_string(number) + "\":" + std::to_string(number);
  }
  return text + "}";
}

TEST(JsonDocument, IsWhatBoostReads) {
  for (const std::string text :
       {R"(null)", R"([true, false, 0, -0.0, 1e3, 9223372036854775807, 18446744073709551615])",
        R"({"a\"b": ["\u00e9\ud83d\ude00", "plain é", "", "\\"], "": {}, "e": []})",
        R"([[[["x"], {"y": {"z": [1]}}]]])", R"({"a": 1, "a": {"b": 2}, "c": 3, "a": null})"}) {
    EXPECT_EQ(parsed(text).value(), boost::json::parse(text)) << text;
    EXPECT_EQ(Json(boost::json::parse(text)).view(), parsed(text)) << text;
    EXPECT_EQ(Json(Json(boost::json::parse(text)).view()), Json(boost::json::parse(text))) << text;
  }
}

TEST(JsonDocument, HasTheNearestDouble) {
  std::mt19937_64 random(1);
  for (int round = 0; round < 10'000; ++round) {
    const auto number = std::bit_cast<double>(random());
    if (!std::isfinite(number)) continue;
    const std::string text = Json(number).dump();
    ASSERT_EQ(parsed(text).as<double>(), number) << text;
    ASSERT_EQ(parsed("[" + text + "]")[0].as<double>(), number) << text;
  }
  EXPECT_EQ(parsed("[1e-400]")[0].as<double>(), 0.0);
  EXPECT_EQ(parsed("[5e-324]")[0].as<double>(), std::numeric_limits<double>::denorm_min());
}

TEST(JsonDocument, PointsIntoItsTextWhereItCan) {
  const GlobusHTTPResponse response(
      Answer{.status = 200, .body = R"({"name": "data", "e": "\n"})"});
  const std::string_view text = response.text();
  const auto stands_in_text = [text](std::string_view part) {
    return part.data() >= text.data() && part.data() < text.data() + text.size();
  };
  EXPECT_TRUE(stands_in_text(response["name"]));
  EXPECT_FALSE(stands_in_text(response["e"]));
  EXPECT_EQ(response["e"], "\n");
}

TEST(JsonDocument, OutlivesTheResponseWithItsText) {
  const auto name = [] {
    const GlobusHTTPResponse response(Answer{.status = 200, .body = R"({"a": {"name": "long"}})"});
    return response["a"]["name"];
  }();
  EXPECT_EQ(name, "long");
}

TEST(JsonDocument, FindsMembersOfObjectsOfEverySize) {
  for (const int count : {1, 2, 63, 64, 65, 66, 100, 5000}) {
    const JsonView view = parsed(object_of(0, count));
    EXPECT_EQ(view.size(), static_cast<std::size_t>(count));
    for (int number = 0; number < count; ++number) {
      ASSERT_EQ(view[std::to_string(number)], number) << count;
    }
    for (const std::string& other : {std::string(), std::string("-1"), std::to_string(count)}) {
      EXPECT_FALSE(view.contains(other)) << count << " " << other;
    }
    const auto [first, value] = *view.items().begin();
    EXPECT_EQ(first, std::to_string(count - 1)) << "the order is the document's";
    EXPECT_EQ(value, count - 1);
  }
}

TEST(JsonDocument, HasTheLastOfSeveralMembersAtThePlaceOfTheFirst) {
  for (const int others : {1, 62, 63, 64, 65, 300}) {
    std::string text = object_of(0, others);
    text.replace(0, 1, R"({"twice": 1, )");
    text.back() = ',';
    text += R"("twice": 2, "twice": 3})";
    const JsonView view = parsed(text);
    EXPECT_EQ(view.size(), static_cast<std::size_t>(others) + 1) << others;
    EXPECT_EQ(view["twice"], 3) << others;
    EXPECT_EQ((*view.items().begin()).first, "twice") << others;
    EXPECT_EQ(view.value(), boost::json::parse(text)) << others;
  }
}

TEST(JsonDocument, IsEqualWhateverTheOrderOfMembers) {
  EXPECT_EQ(parsed(R"({"a": 1, "b": [2]})"), parsed(R"({"b": [2], "a": 1})"));
  EXPECT_NE(parsed(R"({"a": 1, "b": [2]})"), parsed(R"({"b": [3], "a": 1})"));
  EXPECT_NE(parsed(R"({"a": 1})"), parsed(R"({"b": 1})"));
  EXPECT_NE(parsed(R"({"a": 1})"), parsed(R"({"a": 1, "b": 1})"));
  EXPECT_NE(parsed("[1, 2]"), parsed("[2, 1]"));
  EXPECT_NE(parsed("[]"), parsed("{}"));
  EXPECT_NE(parsed("null"), parsed("false"));
  EXPECT_EQ(Json(std::uint64_t{7}).view(), Json(7).view());
  EXPECT_NE(Json(std::numeric_limits<std::uint64_t>::max()).view(), Json(-1).view());
}

TEST(JsonDocument, OfAValueThatIsNoJsonIsRefusedWhenItIsWritten) {
  const boost::json::value value = {1, std::numeric_limits<double>::infinity(), "x"};
  const JsonView view = Json(value).view();
  EXPECT_EQ(view[2], "x");
  EXPECT_THROW(view.dump(), GlobusSDKUsageError);
}

TEST(JsonDocument, GivesEachPartsBoostFormOnce) {
  const JsonView view = parsed(R"({"a": [1, {"b": 2}]})");
  EXPECT_EQ(&view["a"].value(), &view["a"].value());
  EXPECT_EQ(view["a"][1].value(), boost::json::parse(R"({"b": 2})"));
}

}  // namespace
