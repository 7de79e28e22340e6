// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <boost/json/value.hpp>
#include <map>
#include <ranges>
#include <sstream>

#include "globus_sdk/core/errors.hpp"
#include "globus_sdk/core/json.hpp"
#include "globus_sdk/core/literals.hpp"

namespace {

using namespace globus_sdk;

static_assert(std::forward_iterator<JsonView::Iterator>);
static_assert(std::ranges::forward_range<JsonView>);
static_assert(std::ranges::sized_range<JsonView>);
static_assert(std::ranges::forward_range<JsonItems>);
static_assert(std::is_convertible_v<JsonView, std::string>);
static_assert(std::is_convertible_v<JsonView, std::string_view>);
static_assert(!std::is_convertible_v<JsonView, int>);
static_assert(!std::is_convertible_v<JsonView, bool>);
static_assert(std::is_nothrow_copy_constructible_v<JsonView>);
static_assert(std::is_nothrow_move_constructible_v<JsonView>);
static_assert(std::is_nothrow_move_assignable_v<JsonView>);

// What a temporary gives becomes everything but what could outlive it.
static_assert(std::forward_iterator<TemporaryJsonView::Iterator>);
static_assert(std::ranges::forward_range<TemporaryJsonView>);
static_assert(std::is_convertible_v<TemporaryJsonView, JsonView>);
static_assert(std::is_convertible_v<TemporaryJsonView, std::string>);
static_assert(std::is_convertible_v<TemporaryJsonView, Text>);
static_assert(std::is_convertible_v<TemporaryJsonView, Json>);
static_assert(std::is_convertible_v<const TemporaryJsonView&, std::string_view>);
static_assert(!std::is_convertible_v<TemporaryJsonView, std::string_view>);
static_assert(!std::is_constructible_v<std::string_view, TemporaryJsonView>);
static_assert(!std::is_convertible_v<const TemporaryJsonView, std::string_view>);

template <class View>
concept GivesTextsThatLast = requires(View view) {
  { std::forward<View>(view)["x"] } -> std::convertible_to<std::string_view>;
  { std::forward<View>(view)[0] } -> std::convertible_to<std::string_view>;
  { *std::forward<View>(view).get("x") } -> std::convertible_to<std::string_view>;
  { *std::forward<View>(view).begin() } -> std::convertible_to<std::string_view>;
};
template <class View>
concept GivesTextsThatMayNotLast =
    !std::convertible_to<decltype(std::declval<View>()["x"]), std::string_view> &&
    !std::convertible_to<decltype(std::declval<View>()[0]), std::string_view> &&
    !std::convertible_to<decltype(std::declval<View>()["x"]["y"]), std::string_view> &&
    !std::convertible_to<decltype(*std::declval<View>().get("x")), std::string_view> &&
    !std::convertible_to<decltype(std::declval<View>().get("x").value()), std::string_view> &&
    !std::convertible_to<decltype(*std::declval<View>().begin()), std::string_view>;
static_assert(GivesTextsThatLast<const JsonView&> && GivesTextsThatLast<JsonView>);
static_assert(GivesTextsThatLast<const TemporaryJsonView&>);
static_assert(GivesTextsThatMayNotLast<TemporaryJsonView>);
static_assert(GivesTextsThatMayNotLast<decltype(std::declval<const Json&>().view())>);

JsonView parsed(std::string_view text) {
  auto document = detail::parse_json(std::string(text));
  EXPECT_TRUE(document) << text;
  return document.value_or(JsonView());
}

template <class Action> std::string error_of(Action action) {
  try {
    action();
  } catch (const JsonError& error) {
    return error.what();
  }
  return "no error";
}

template <class T> bool refuses(const JsonView& view) {
  return error_of([&] { (void)view.as<T>(); }) != "no error";
}

std::string printed(const JsonView& view) {
  std::ostringstream out;
  out << view;
  return out.str();
}

const char* const listing =
    R"({"DATA":[{"name":"a.txt","size":1},{"name":"b","size":2}],"next":null,"ok":true})";

TEST(JsonView, FindsMembersAndElements) {
  const JsonView view = parsed(listing);
  const std::size_t second = 1;
  EXPECT_EQ(view["DATA"][0]["name"], "a.txt");
  EXPECT_EQ(view["DATA"][second][std::string("name")], "b");
  EXPECT_EQ(view["DATA"][-1]["size"], 2);
  EXPECT_EQ(view["DATA"].size(), 2U);
  EXPECT_TRUE(view.contains("next"));
  EXPECT_FALSE(view.contains("nex"));
  EXPECT_FALSE(view["DATA"].contains("name"));
  EXPECT_FALSE(view.empty());
  EXPECT_TRUE(parsed("{}").empty());
  EXPECT_EQ(parsed(R"({"a\u0000b":1})")[std::string("a\0b", 3)], 1);
}

TEST(JsonView, GetMayFindNothing) {
  const JsonView view = parsed(listing);
  EXPECT_EQ(view.get("ok"), true);
  EXPECT_FALSE(view.get("missing"));
  EXPECT_FALSE(view["DATA"].get("name"));
  EXPECT_FALSE(view["next"].get("x"));
  ASSERT_TRUE(view.get("next"));
  EXPECT_TRUE(view.get("next")->is_null());
}

TEST(JsonView, ErrorsNameThePlaceAndNoValues) {
  const JsonView view = parsed(R"({"DATA":[1,2,3,{"size":"big","a \"b":{}}],"t":"secret"})");
  EXPECT_EQ(error_of([&] { (void)view["DATA"][3]["size"].as<int>(); }),
            R"(["DATA"][3]["size"]: not an integer but a string)");
  EXPECT_EQ(error_of([&] { (void)std::string(view["DATA"][0]); }),
            R"(["DATA"][0]: not a string but a number)");
  EXPECT_EQ(error_of([&] { (void)view["data"]; }),
            R"(the document: no member "data"; there are "DATA", "t")");
  EXPECT_EQ(error_of([&] { (void)view["DATA"][3]["a \"b"]["c"]; }),
            R"(["DATA"][3]["a \"b"]: no member "c"; it is empty)");
  EXPECT_EQ(error_of([&] { (void)view["DATA"][4]; }), R"(["DATA"]: no element 4; there are 4)");
  EXPECT_EQ(error_of([&] { (void)view["DATA"][-5]; }), R"(["DATA"]: no element -5; there are 4)");
  EXPECT_EQ(error_of([&] { (void)view["t"]["x"]; }),
            R"(["t"]: not an object with "x" but a string)");
  EXPECT_EQ(error_of([&] { (void)view[0]; }), "the document: not an array but an object");
  EXPECT_EQ(error_of([&] { (void)view["t"].size(); }),
            R"(["t"]: not an array or object but a string)");
  EXPECT_EQ(error_of([&] { (void)view["t"].begin(); }), R"(["t"]: not an array but a string)");
  EXPECT_EQ(error_of([&] { (void)view["DATA"].items(); }),
            R"(["DATA"]: not an object but an array)");
}

TEST(JsonView, ErrorsListOnlySoManyKeys) {
  std::string text = "{";
  for (int i = 0; i < 1000; ++i) text += "\"k" + std::to_string(i) + "\":0,";
  text.back() = '}';
  EXPECT_LT(error_of([&] { (void)parsed(text)["x"]; }).size(), 400U);
}

TEST(JsonView, BecomesAString) {
  const JsonView view = parsed(R"({"id":"abc","n":null})");
  std::string id = view["id"];
  EXPECT_EQ(id, "abc");
  id = view["id"];
  id += view["id"];
  EXPECT_EQ(id, "abcabc");
  const std::string direct(view["id"]);
  EXPECT_EQ(direct, "abc");
  const JsonView kept = view["id"];
  const std::string_view characters = kept;
  EXPECT_EQ(characters, "abc");
  EXPECT_THROW(id = view["n"], JsonError);
  EXPECT_THROW(id = view, JsonError);
}

TEST(JsonView, IsPrintedWithoutQuotes) {
  EXPECT_EQ(printed(parsed(R"("a \"b\"")")), "a \"b\"");
  EXPECT_EQ(printed(parsed(R"({"a": [1, "x", null, 1.50]})")), R"({"a":[1,"x",null,1.5]})");
  EXPECT_EQ(printed(parsed("true")), "true");
  EXPECT_EQ(printed(parsed("100000000000000000000")), "1e+20");
  EXPECT_EQ(printed(JsonView()), "null");
}

TEST(JsonView, IsIndented) {
  EXPECT_EQ(parsed(R"({"a":[1,{}],"b":[]})").dump(2),
            "{\n  \"a\": [\n    1,\n    {}\n  ],\n  \"b\": []\n}");
}

TEST(JsonView, BecomesOtherTypes) {
  EXPECT_TRUE(parsed("true").as<bool>());
  EXPECT_EQ(parsed("-5").as<int>(), -5);
  EXPECT_EQ(parsed("18446744073709551615").as<std::uint64_t>(), ~std::uint64_t{0});
  EXPECT_EQ(parsed("5").as<double>(), 5.0);
  EXPECT_EQ(parsed("5.0").as<int>(), 5);
  EXPECT_EQ(parsed("\"x\"").as<std::string>(), "x");
  EXPECT_EQ(parsed("[1,2]").as<std::vector<int>>(), (std::vector<int>{1, 2}));
  EXPECT_EQ(parsed("[\"a\",null]").as<std::vector<std::optional<std::string>>>(),
            (std::vector<std::optional<std::string>>{"a", std::nullopt}));
  EXPECT_EQ(parsed("[true,false]").as<std::vector<bool>>(), (std::vector<bool>{true, false}));
  EXPECT_EQ(parsed("null").as<std::optional<int>>(), std::nullopt);
  EXPECT_EQ(parsed("1").as<std::optional<int>>(), 1);
  using Map = std::map<std::string, std::vector<double>>;
  EXPECT_EQ(parsed(R"({"a":[1,2.5]})").as<Map>(), (Map{{"a", {1, 2.5}}}));
  EXPECT_EQ(parsed("[1]").as<Json>(), Json({1}));
  EXPECT_EQ(parsed("[[1],[2]]").as<std::vector<JsonView>>()[1][0], 2);
}

TEST(JsonView, BecomesATime) {
  using std::chrono::sys_days;
  const std::chrono::system_clock::time_point time =
      sys_days(std::chrono::year(2026) / 1 / 31) + 12h + 500ms;
  EXPECT_EQ(parsed("\"2026-01-31T13:00:00.5+01:00\"").as<std::chrono::system_clock::time_point>(),
            time);
  using Time = std::chrono::system_clock::time_point;
  EXPECT_TRUE(refuses<Time>(parsed("\"yesterday\"")));
  EXPECT_TRUE(refuses<Time>(parsed("\"9999-12-31T23:59:59Z\"")));
  EXPECT_TRUE(refuses<Time>(parsed("\"0001-01-01T00:00:00+23:59\"")));
  EXPECT_TRUE(refuses<Time>(parsed("5")));
}

TEST(JsonView, RefusesWhatDoesNotFit) {
  EXPECT_TRUE(refuses<int>(parsed("2147483648")));
  EXPECT_TRUE(refuses<std::int64_t>(parsed("9223372036854775808")));
  EXPECT_TRUE(refuses<std::int64_t>(parsed("9223372036854775808.0")));
  EXPECT_FALSE(refuses<std::int64_t>(parsed("-9223372036854775808.0")));
  EXPECT_TRUE(refuses<std::uint64_t>(parsed("18446744073709551616")));
  EXPECT_TRUE(refuses<std::uint64_t>(parsed("-1")));
  EXPECT_TRUE(refuses<std::uint64_t>(parsed("-0.5")));
  EXPECT_TRUE(refuses<unsigned char>(parsed("256")));
  EXPECT_TRUE(refuses<signed char>(parsed("-129")));
  EXPECT_FALSE(refuses<signed char>(parsed("-128")));
  EXPECT_TRUE(refuses<int>(parsed("1.5")));
  EXPECT_TRUE(refuses<int>(parsed("1e300")));
  EXPECT_TRUE(refuses<int>(parsed("\"1\"")));
  EXPECT_TRUE(refuses<int>(parsed("true")));
  EXPECT_TRUE(refuses<bool>(parsed("1")));
  EXPECT_TRUE(refuses<double>(parsed("\"1.5\"")));
  EXPECT_TRUE(refuses<std::string>(parsed("null")));
  EXPECT_TRUE(refuses<std::vector<int>>(parsed("{}")));
  EXPECT_TRUE(refuses<std::vector<int>>(parsed("[1,\"x\"]")));
}

TEST(JsonView, IsComparedWithPlainValues) {
  const JsonView view = parsed(R"({"s":"x","i":3,"d":1.5,"t":true,"n":null,"big":1e30})");
  EXPECT_TRUE(view["s"] == "x" && view["s"] == std::string("x") && "x" == view["s"]);
  EXPECT_TRUE(view["s"] != "y" && view["s"] != 3 && view["s"] != true && view["s"] != nullptr);
  EXPECT_TRUE(view["i"] == 3 && view["i"] == 3U && view["i"] == 3.0 && view["i"] != 4);
  EXPECT_TRUE(view["d"] == 1.5 && view["d"] != 1);
  EXPECT_TRUE(view["t"] == true && view["t"] != false && view["t"] != 1);
  EXPECT_TRUE(view["n"] == nullptr && view["i"] != nullptr && view["n"] != "");
  EXPECT_TRUE(view["big"] != std::numeric_limits<std::int64_t>::max());
  EXPECT_TRUE(view == parsed(view.dump()) && view != view["s"]);
}

TEST(JsonView, TellsItsKind) {
  const JsonView view = parsed(R"([null,true,1,1.5,"x",[],{}])");
  EXPECT_TRUE(view[0].is_null() && view[1].is_bool() && view[2].is_number());
  EXPECT_TRUE(view[2].is_integer() && !view[3].is_integer() && view[3].is_number());
  EXPECT_TRUE(view[4].is_string() && view[5].is_array() && view[6].is_object());
  EXPECT_FALSE(view[0].is_object() || view[4].is_number() || view[6].is_array());
}

TEST(JsonView, IsARangeOfElements) {
  std::string names;
  for (auto entry : parsed(listing)["DATA"]) names += std::string(entry["name"]) + " ";
  EXPECT_EQ(names, "a.txt b ");
  for (auto entry : parsed("[]")) FAIL() << entry;
  std::size_t count = 0;
  for (auto entry : parsed("[1,2,3,4]") | std::views::filter([](const JsonView& number) {
                      return number.as<int>() > 2;
                    })) {
    count += entry.as<std::size_t>();
  }
  EXPECT_EQ(count, 7U);
}

TEST(JsonView, ShowsMembersInOrder) {
  std::string all;
  for (const auto& [key, value] : parsed(R"({"b":1,"a":"x","":[]})").items()) {
    all += key + "=" + value.dump() + " ";
  }
  EXPECT_EQ(all, "b=1 a=\"x\" =[] ");
  EXPECT_EQ(parsed("{}").items().size(), 0U);
}

TEST(JsonView, KeepsItsDocumentAlive) {
  JsonView part;
  JsonView::Iterator iterator;
  {
    const JsonView whole = parsed(listing);
    part = whole["DATA"][1];
    iterator = whole["DATA"].begin();
  }
  EXPECT_EQ(part["name"], "b");
  EXPECT_EQ((*iterator)["name"], "a.txt");
  EXPECT_EQ(part.path(), R"(["DATA"][1])");
}

TEST(JsonView, ThatWasMovedFromIsNull) {
  JsonView moved = parsed(listing)["DATA"];
  const JsonView taken = std::move(moved);
  EXPECT_EQ(taken.size(), 2U);
  EXPECT_TRUE(moved.is_null());  // NOLINT(bugprone-use-after-move): what this test is about
  moved = parsed(listing)["DATA"][0];
  EXPECT_EQ(moved["name"], "a.txt");
  JsonView other;
  other = std::move(moved);
  EXPECT_EQ(other["name"], "a.txt");
  EXPECT_EQ(moved.dump(), "null");  // NOLINT(bugprone-use-after-move)
  JsonView& same = other;
  other = std::move(same);
  EXPECT_EQ(other["name"], "a.txt");
}

TEST(JsonView, IsAddedToTexts) {
  const JsonView view = parsed(R"({"status":"ACTIVE","id":"abc","n":5})");
  const std::string name = "status";
  EXPECT_EQ("status " + view["status"], "status ACTIVE");
  EXPECT_EQ(view["id"] + ": " + view["status"], "abc: ACTIVE");
  EXPECT_EQ(view["id"] + view["status"], "abcACTIVE");
  EXPECT_EQ(name + view["id"] + '/' + view["id"] + '\n', "statusabc/abc\n");
  EXPECT_EQ('/' + view["id"] + "/" + view["id"], "/abc/abc");
  EXPECT_EQ(std::string_view("/") + view["id"], "/abc");
  EXPECT_EQ(view["id"] + '/', "abc/");
  EXPECT_EQ("status " + parsed(R"({"a":"b"})")["a"], "status b");
  EXPECT_EQ(error_of([&] { (void)("n " + view["n"]); }), R"(["n"]: not a string but a number)");
  EXPECT_EQ(view["id"].str(), "abc");
  EXPECT_EQ(error_of([&] { (void)view["n"].str(); }), R"(["n"]: not a string but a number)");
}

TEST(JsonView, StandsBesideALiteral) {
  const JsonView view = parsed(R"({"label":"x"})");
  const auto label = [&](bool known) { return known ? view["label"] : "none"; };
  EXPECT_EQ(label(true), "x");
  EXPECT_EQ(label(false), "none");
  // NOLINTNEXTLINE(bugprone-dangling-handle): the characters are the literal's
  const std::string_view kept = label(false);
  EXPECT_EQ(kept, "none");
  EXPECT_EQ(view.contains("n") ? "none" : view["label"], "x");
  EXPECT_EQ(view.get("label").value_or("none"), "x");
  EXPECT_EQ(view.get("n").value_or("none"), "none");
  EXPECT_EQ(JsonView("a \"b\"").dump(), R"("a \"b\"")");
  EXPECT_EQ(JsonView("none").path(), "");
}

TEST(JsonView, OfATemporaryIsOneInEveryOtherWay) {
  const Json json = {{"a", {{"b", "c"}}}, {"list", {"x", "y"}}};
  EXPECT_EQ(json.view()["a"]["b"], "c");
  EXPECT_EQ(printed(json.view()["list"][0]), "x");
  EXPECT_EQ(json.view().value().as_object().size(), 2U);
  const auto kept = json.view()["a"];
  const std::string_view text = kept["b"];  // NOLINT(bugprone-dangling-handle): `kept` has them
  EXPECT_EQ(text, "c");
  std::string all = json.view().get("list").value_or(JsonView())[1];
  for (const auto& element : json.view()["list"]) all += element;
  EXPECT_EQ(all, "yxy");
  EXPECT_EQ((*json.view()["list"].begin()).str(), "x");
  EXPECT_EQ(json.view()["a"], json.view()["a"]);
  EXPECT_EQ(Json(json.view()), json);
}

TEST(JsonView, OfNothingIsNull) {
  const JsonView view;
  EXPECT_TRUE(view.is_null());
  EXPECT_EQ(view.path(), "");
  EXPECT_EQ(error_of([&] { (void)view["x"]; }), "the document: not an object with \"x\" but null");
}

TEST(JsonView, GivesTheBoostValue) {
  const JsonView view = parsed(listing);
  EXPECT_EQ(view["DATA"].value().as_array().size(), 2U);
}

}  // namespace
