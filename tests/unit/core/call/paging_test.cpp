// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <concepts>
#include <memory>
#include <numeric>
#include <ranges>
#include <set>
#include <utility>

#include "globus_sdk/core/errors.hpp"
#include "unit/core/call/paged_service.hpp"

namespace globus_sdk_test {
namespace {

using namespace globus_sdk;
using Kind = Paging::Kind;

static_assert(std::ranges::input_range<Pages<Blocking, IterableTransferResponse>>);
static_assert(std::ranges::input_range<Pages<Blocking, IterableTransferResponse>::Items>);
static_assert(std::ranges::input_range<Pages<Simulated, IterableTransferResponse>>);
static_assert(std::same_as<std::ranges::range_value_t<Pages<Blocking, IterableTransferResponse>>,
                           IterableTransferResponse>);
static_assert(
    std::same_as<std::ranges::range_value_t<Pages<Blocking, IterableTransferResponse>::Items>,
                 JsonView>);

/// A way of paging, under the name of its kind, with the parameters that methods have.
struct Way {
  const char* name;
  Paging paging;
};

const std::vector<Way>& ways() {
  static const std::vector<Way> all{
      {"has_next", {Kind::has_next, "DATA", 1000, 3, "marker"}},
      {"limit_offset_total", {Kind::limit_offset_total, "DATA", 1000, 3, "marker"}},
      {"last_key", {Kind::last_key, "DATA", 0, 0, "marker"}},
      {"marker", {Kind::marker, "DATA", 0, 0, "marker"}},
      {"nullable_marker", {Kind::nullable_marker, "DATA", 0, 0, "marker"}},
      {"nullable next_marker", {Kind::nullable_marker, "DATA", 0, 0, "next_marker"}},
      {"next_token", {Kind::next_token, "DATA", 0, 0, "marker"}},
      {"json_api", {Kind::json_api, "DATA", 0, 0, "marker"}},
      {"has_next in the body", {Kind::has_next, "DATA", 1000, 3, "marker", true}},
      {"limit_offset_total in the body", {Kind::limit_offset_total, "DATA", 1000, 3, "", true}},
      {"marker in the body", {Kind::marker, "DATA", 0, 0, "marker", true}},
  };
  return all;
}

std::vector<int> numbers(int from, int to) {
  std::vector<int> all(static_cast<std::size_t>(to - from));
  std::iota(all.begin(), all.end(), from);
  return all;
}

/// A listing of the numbers from 0 to `total`, three a page unless a limit says otherwise. It names
/// the next page in every way at once, as each kind of listing would.
AnswerPage numbers_up_to(int total) {
  return [total](const Parameters& query) {
    const auto number = [&query](const char* name, int otherwise) {
      return std::stoi(parameter(query, name, std::to_string(otherwise)));
    };
    int from = number("offset", 0);
    for (const char* name : {"marker", "last_key", "next_token", "page[cursor]"}) {
      from = std::max(from, number(name, 0));
    }
    const int to = std::min(from + number("limit", 3), total);
    boost::json::object page;
    page["DATA"] = boost::json::value_from(numbers(std::min(from, to), to));
    page["total"] = total;
    page["has_next_page"] = to < total;
    boost::json::value next;
    if (to < total) next = std::to_string(to);
    for (const char* name : {"marker", "next_marker", "last_key", "next_token"}) page[name] = next;
    boost::json::value link;
    if (to < total) link = "https://x.example/list?page%5Bcursor%5D=" + std::to_string(to) + "&a=1";
    page["links"] = {{"next", link}};
    return RecordedAnswer{200, boost::json::serialize(page), {}};
  };
}

RecordedAnswer page(const std::string& body) {
  return {200, body, {}};
}

template <class Mode> class PagingOf : public testing::Test {};
TYPED_TEST_SUITE(PagingOf, Modes, ModeNames);

TYPED_TEST(PagingOf, EveryKindGivesEveryItemOnce) {
  for (const Way& way : ways()) {
    const PagedService<TypeParam> service(numbers_up_to(10));
    EXPECT_EQ(items_of(pages_of(service, way.paging)), numbers(0, 10)) << way.name;
    EXPECT_EQ(service.queries().size(), 4u) << way.name;
  }
}

TYPED_TEST(PagingOf, EveryKindGivesEveryPageOnce) {
  for (const Way& way : ways()) {
    const PagedService<TypeParam> service(numbers_up_to(9));
    std::vector<std::size_t> sizes;
    for_each_page(pages_of(service, way.paging),
                  [&sizes](const IterableTransferResponse& page) { sizes.push_back(page.size()); });
    EXPECT_EQ(sizes, (std::vector<std::size_t>{3, 3, 3})) << way.name;
    EXPECT_EQ(service.queries().size(), 3u) << way.name;
  }
}

TYPED_TEST(PagingOf, EveryKindMayBeEmpty) {
  for (const Way& way : ways()) {
    const PagedService<TypeParam> service(numbers_up_to(0));
    EXPECT_EQ(items_of(pages_of(service, way.paging)), numbers(0, 0)) << way.name;
    EXPECT_EQ(service.queries().size(), 1u) << way.name;
  }
}

TYPED_TEST(PagingOf, NothingIsSentBeforeItBegins) {
  for (const Way& way : ways()) {
    const PagedService<TypeParam> service(numbers_up_to(9));
    const auto pages = pages_of(service, way.paging);
    if constexpr (!std::is_same_v<TypeParam, Async>) static_cast<void>(pages.items());
    EXPECT_TRUE(service.queries().empty()) << way.name;
  }
}

TYPED_TEST(PagingOf, AnEmptyPageWithAMarkerIsNotTheEnd) {
  for (const Kind kind : {Kind::marker, Kind::nullable_marker, Kind::last_key, Kind::next_token}) {
    const PagedService<TypeParam> service([](const Parameters& query) {
      const bool first = query.empty();
      const std::string more = first ? R"("a")" : "null";
      return page(R"({"DATA": )" + std::string(first ? "[]" : "[7]") + R"(, "marker": )" + more +
                  R"(, "last_key": )" + more + R"(, "next_token": )" + more +
                  R"(, "has_next_page": )" + (first ? "true}" : "false}"));
    });
    EXPECT_EQ(items_of(pages_of(service, {kind, "DATA"})), std::vector<int>{7});
  }
}

TYPED_TEST(PagingOf, NoMarkerIsTheEnd) {
  for (const char* marker : {"", R"(, "marker": null)", R"(, "marker": "")"}) {
    for (const Kind kind : {Kind::marker, Kind::nullable_marker}) {
      const PagedService<TypeParam> service([marker](const Parameters&) {
        return page(std::string(R"({"has_next_page": true, "DATA": [1])") + marker + "}");
      });
      EXPECT_EQ(items_of(pages_of(service, {kind, "DATA"})), std::vector<int>{1}) << marker;
    }
  }
}

TYPED_TEST(PagingOf, NoNextLinkIsTheEnd) {
  for (const char* links :
       {"", R"(, "links": null)", R"(, "links": {})", R"(, "links": {"next": null})"}) {
    const PagedService<TypeParam> service(
        [links](const Parameters&) { return page(std::string(R"({"DATA": [1])") + links + "}"); });
    EXPECT_EQ(items_of(pages_of(service, {Kind::json_api, "DATA"})), std::vector<int>{1}) << links;
  }
}

TYPED_TEST(PagingOf, WhereItSaysSoThereIsNoNextPage) {
  for (const Kind kind : {Kind::marker, Kind::last_key, Kind::has_next}) {
    for (const char* has_next : {"", R"(, "has_next_page": false)"}) {
      const PagedService<TypeParam> service([has_next](const Parameters&) {
        return page(R"({"DATA": [1], "marker": "a", "last_key": "a")" + std::string(has_next) +
                    "}");
      });
      EXPECT_EQ(items_of(pages_of(service, {kind, "DATA", 1000, 10})), std::vector<int>{1});
    }
  }
}

TYPED_TEST(PagingOf, MarkersMayBeNumbers) {
  const PagedService<TypeParam> service([](const Parameters& query) {
    return page(query.empty() ? R"({"DATA": [1], "marker": 12})"
                              : R"({"DATA": [2], "marker": null})");
  });
  EXPECT_EQ(items_of(pages_of(service, {Kind::nullable_marker, "DATA"})), (std::vector<int>{1, 2}));
  EXPECT_EQ(service.queries().back(), (Parameters{{"marker", "12"}}));
}

/// What a caller searches for, and where: with a part that the SDK has to leave as it is.
const char* const search = R"({"q": "ü \"x\"", "limit": 4, "offset": 2, "big": 9007199254740993,)"
                           R"( "part": 1.5, "@version": "query#1.0.0", "filters": [{"a": null}]})";

TYPED_TEST(PagingOf, InABodyNothingChangesButWhatLeadsToThePage) {
  const PagedService<TypeParam> service(numbers_up_to(11));
  const Json document = Json::parse(search);
  const TestPages<TypeParam> pages(service.connection(),
                                   detail::post("/list").query("x", "1").json(document),
                                   {Kind::has_next, "DATA", 1000, 100, "marker", true});
  EXPECT_EQ(items_of(pages), numbers(2, 11));
  EXPECT_EQ(document, Json::parse(search)) << "the caller's own document";
  const auto bodies = service.bodies();
  ASSERT_EQ(bodies.size(), 3U);
  boost::json::value expected = boost::json::parse(search);
  EXPECT_EQ(boost::json::parse(bodies[0]), expected);
  for (const int page : {1, 2}) {
    expected.as_object()["offset"] = 2 + 4 * page;
    EXPECT_EQ(boost::json::parse(bodies[static_cast<std::size_t>(page)]), expected);
  }
}

TYPED_TEST(PagingOf, AMarkerInABodyTakesThePlaceOfTheCallersOwn) {
  const PagedService<TypeParam> service(numbers_up_to(9));
  const Json document = {{"q", "*"}, {"marker", "3"}};
  const TestPages<TypeParam> pages(service.connection(), detail::post("/list").json(document),
                                   {.kind = Kind::marker, .items_key = "DATA", .in_body = true});
  EXPECT_EQ(items_of(pages), numbers(3, 9));
  EXPECT_EQ(service.queries(), (std::vector<Parameters>{{{"q", "*"}, {"marker", "3"}},
                                                        {{"q", "*"}, {"marker", "6"}}}));
}

TYPED_TEST(PagingOf, ANumberStaysANumberInABody) {
  const PagedService<TypeParam> service([](const Parameters& asked) {
    return page(asked.empty() ? R"({"DATA": [1], "marker": 12})" : R"({"DATA": [2]})");
  });
  EXPECT_EQ(items_of(pages_of(service, {Kind::nullable_marker, "DATA", 0, 0, "marker", true})),
            (std::vector<int>{1, 2}));
  EXPECT_EQ(service.bodies().back(), R"({"marker":12})");
}

TYPED_TEST(PagingOf, ABodyThatIsNoObjectIsRefusedBeforeAnythingIsSent) {
  const PagedService<TypeParam> service(numbers_up_to(9));
  const auto walk = [&service] {
    items_of(TestPages<TypeParam>(service.connection(), detail::post("/list").json(Json::array()),
                                  {Kind::marker, "DATA", 0, 0, "marker", true}));
  };
  EXPECT_THROW(walk(), GlobusSDKUsageError);
  EXPECT_TRUE(service.queries().empty());
}

TYPED_TEST(PagingOf, ALimitIsTheSizeOfAPageUpToWhatTheServiceTakes) {
  const PagedService<TypeParam> service(numbers_up_to(20));
  const auto limits = [&service](const Paging& paging) {
    const auto before = service.queries().size();
    items_of(TestPages<TypeParam>(service.connection(), detail::get("/list").query("limit", "9"),
                                  paging));
    return parameter(service.queries().at(before), "limit");
  };
  EXPECT_EQ(limits({Kind::has_next, "DATA", 1000, 3}), "9") << "3 is for who gives no limit";
  EXPECT_EQ(limits({Kind::has_next, "DATA", 1000, 3, "marker", false, 5}), "5");
  EXPECT_EQ(limits({Kind::has_next, "DATA", 7, 3}), "7");
}

TYPED_TEST(PagingOf, MarkersAreQuoted) {
  const std::string marker = "a b&c=d+ü/%41";
  const PagedService<TypeParam> service([marker](const Parameters& query) {
    boost::json::object body{{"DATA", {1}}};
    if (query.empty()) body["marker"] = marker;
    return page(boost::json::serialize(body));
  });
  EXPECT_EQ(items_of(pages_of(service, {Kind::nullable_marker, "DATA"})), (std::vector<int>{1, 1}));
  EXPECT_EQ(service.queries().back(), (Parameters{{"marker", marker}}));
}

TYPED_TEST(PagingOf, NoMoreThanMaxTotalResults) {
  for (const Kind kind : {Kind::has_next, Kind::limit_offset_total}) {
    const PagedService<TypeParam> service(numbers_up_to(1'000'000));
    EXPECT_EQ(items_of(pages_of(service, {kind, "DATA", 25, 10})), numbers(0, 25));
    EXPECT_EQ(service.queries(), (std::vector<Parameters>{{{"limit", "10"}},
                                                          {{"limit", "10"}, {"offset", "10"}},
                                                          {{"limit", "5"}, {"offset", "20"}}}));
  }
}

TYPED_TEST(PagingOf, ShorterPagesThanAskedForLoseNothing) {
  for (const Kind kind : {Kind::has_next, Kind::limit_offset_total}) {
    const PagedService<TypeParam> service([](Parameters query) {
      std::erase_if(query, [](const auto& pair) { return pair.first == "limit"; });
      return numbers_up_to(10)(query);  // three a page, whatever the limit
    });
    EXPECT_EQ(items_of(pages_of(service, {kind, "DATA", 1000, 100})), numbers(0, 10));
  }
}

TYPED_TEST(PagingOf, AMarkerThatComesAgainIsAnError) {
  const PagedService<TypeParam> service([](const Parameters&) {
    return page(R"({"DATA": [1], "has_next_page": true, "marker": "m", "last_key": "m",
                    "next_token": "m", "links": {"next": "https://x.example/?page=2"}})");
  });
  for (const Kind kind :
       {Kind::marker, Kind::nullable_marker, Kind::last_key, Kind::next_token, Kind::json_api}) {
    EXPECT_THROW(items_of(pages_of(service, {kind, "DATA"})), GlobusError);
  }
}

TYPED_TEST(PagingOf, ACycleOfMarkersIsAnError) {
  for (const int length : {2, 3, 7}) {
    const PagedService<TypeParam> service([length](const Parameters& query) {
      const int at = std::stoi(parameter(query, "marker", "0"));
      return page(R"({"DATA": [1], "marker": )" + std::to_string(1 + at % length) + "}");
    });
    EXPECT_THROW(items_of(pages_of(service, {Kind::nullable_marker, "DATA"})), GlobusError);
    EXPECT_LE(service.queries().size(), 32u);
  }
}

TYPED_TEST(PagingOf, ALinkMayRepeatAParameter) {
  const PagedService<TypeParam> service([](const Parameters& query) {
    return page(query.empty() ? R"({"DATA": [1], "links": {"next": "/x?f=a&f=b&page%5Bn%5D=2"}})"
                              : R"({"DATA": [2], "links": {}})");
  });
  EXPECT_EQ(items_of(pages_of(service, {Kind::json_api, "DATA"})), (std::vector<int>{1, 2}));
  EXPECT_EQ(service.queries().back(), (Parameters{{"f", "a"}, {"f", "b"}, {"page[n]", "2"}}));
}

// ---- what goes wrong, and going on --------------------------------------------------------------

/// What came of reading a listing.
struct Reading {
  std::vector<int> items{};
  int errors = 0;
};

/// Reads so many items at most, with one iterator or by one Pages: after each error it just tries
/// again, until there were so many.
template <class Mode>
Reading read_stubbornly(const TestPages<Mode>& pages, std::size_t items, int errors = 3) {
  Reading reading;
  const auto over = [&] { return reading.items.size() >= items || reading.errors >= errors; };
  const auto keep = [&reading](const JsonView& item) { reading.items.push_back(item.as<int>()); };
  if constexpr (std::is_same_v<Mode, Async>) {
    while (!over()) {
      try {
        const auto item = run_async(pages.next_item());
        if (!item) break;
        keep(*item);
      } catch (const GlobusError&) {
        ++reading.errors;
      }
    }
  } else {
    const auto range = pages.items();
    auto item = range.begin();
    for (bool at_end = false; !at_end && !over();) {
      try {
        for (; !over() && item != range.end(); ++item) keep(*item);
        at_end = !over();
      } catch (const GlobusError&) {
        ++reading.errors;
      }
    }
  }
  return reading;
}

constexpr std::size_t all_of_them = 1000;

/// A listing whose requests with these numbers, counted from one, are answered with `broken`.
AnswerPage broken_at(std::set<int> requests, RecordedAnswer broken, AnswerPage otherwise) {
  const auto count = std::make_shared<std::atomic<int>>(0);
  return [=](const Parameters& query) {
    return requests.contains(++*count) ? broken : otherwise(query);
  };
}

const RecordedAnswer refusal{404, R"({"code": "ClientError.NotFound", "message": "gone"})", {}};

TYPED_TEST(PagingOf, APageThatFailsIsAskedForAgain) {
  for (const Way& way : ways()) {
    const PagedService<TypeParam> service(broken_at({3, 4}, refusal, numbers_up_to(10)));
    const Reading reading = read_stubbornly(pages_of(service, way.paging), all_of_them);
    EXPECT_EQ(reading.items, numbers(0, 10)) << way.name;
    EXPECT_EQ(reading.errors, 2) << way.name;
    const auto queries = service.queries();
    ASSERT_EQ(queries.size(), 6U) << way.name;
    EXPECT_EQ(queries[2], queries[3]) << way.name;
    EXPECT_EQ(queries[3], queries[4]) << way.name;
  }
}

TYPED_TEST(PagingOf, TheFirstPageThatFailsIsAskedForAgain) {
  const PagedService<TypeParam> service(broken_at({1}, refusal, numbers_up_to(4)));
  const Reading reading = read_stubbornly(pages_of(service, {Kind::marker, "DATA"}), all_of_them);
  EXPECT_EQ(reading.items, numbers(0, 4));
  EXPECT_EQ(reading.errors, 1);
}

TYPED_TEST(PagingOf, AnswersThatAreNoPageChangeNothing) {
  for (const char* broken : {"no JSON", "{}", R"({"DATA": [7]})", R"({"DATA": 7, "total": 10})"}) {
    const PagedService<TypeParam> service(broken_at({2}, page(broken), numbers_up_to(10)));
    const Reading reading =
        read_stubbornly(pages_of(service, {Kind::limit_offset_total, "DATA", 1000, 3}), 10);
    EXPECT_EQ(reading.items, numbers(0, 10)) << broken;
    EXPECT_EQ(reading.errors, 1) << broken;
  }
}

TYPED_TEST(PagingOf, AMarkerThatComesAgainStaysAnError) {
  const PagedService<TypeParam> service(
      [](const Parameters&) { return page(R"({"DATA": [1], "marker": "m"})"); });
  const Reading reading =
      read_stubbornly(pages_of(service, {Kind::nullable_marker, "DATA"}), all_of_them, 3);
  EXPECT_EQ(reading.items.size(), 1U);
  EXPECT_EQ(reading.errors, 3);
}

/// The position after the first `count` items.
template <class Mode> std::string position_after(const TestPages<Mode>& pages, int count) {
  if constexpr (std::is_same_v<Mode, Async>) {
    for (int i = 0; i < count; ++i) run_async(pages.next_item());
    return pages.position();
  } else {
    auto item = pages.items().begin();
    for (int i = 0; i < count; ++i, ++item) static_cast<void>(*item);
    return item.position();
  }
}

TYPED_TEST(PagingOf, AnotherProcessGoesOnWhereThisOneStands) {
  for (const Way& way : ways()) {
    const PagedService<TypeParam> service(numbers_up_to(8));
    for (int read = 0; read <= 8; ++read) {
      const std::string position = position_after(pages_of(service, way.paging), read);
      EXPECT_EQ(items_of(pages_of(service, way.paging).from(position)), numbers(read, 8))
          << way.name << " after " << read << ": " << position;
    }
  }
}

TYPED_TEST(PagingOf, APositionIsALineThatSaysWhatLeadsToThePage) {
  const PagedService<TypeParam> service(numbers_up_to(8));
  const Paging marker{Kind::marker, "DATA"};
  EXPECT_EQ(position_after(pages_of(service, marker), 0), R"({"page":{}})");
  EXPECT_EQ(position_after(pages_of(service, marker), 2), R"({"page":{},"items":2})");
  EXPECT_EQ(position_after(pages_of(service, marker), 3), R"({"page":{"marker":"3"}})");
  EXPECT_EQ(position_after(pages_of(service, marker), 7), R"({"page":{"marker":"6"},"items":1})");
  EXPECT_EQ(position_after(pages_of(service, marker), 8), R"({"page":null})");
  EXPECT_EQ(position_after(pages_of(service, {Kind::has_next, "DATA", 1000, 3}), 4),
            R"({"page":{"limit":3,"offset":3},"items":1})");
}

TYPED_TEST(PagingOf, NothingComesAfterTheEndAndNothingIsSentForIt) {
  const PagedService<TypeParam> service(numbers_up_to(8));
  EXPECT_TRUE(items_of(pages_of(service, {Kind::marker, "DATA"}).from(R"({"page":null})")).empty());
  EXPECT_TRUE(service.queries().empty());
}

TYPED_TEST(PagingOf, NoPositionIsTheBeginning) {
  const PagedService<TypeParam> service(numbers_up_to(8));
  EXPECT_EQ(items_of(pages_of(service, {Kind::marker, "DATA"}).from("")), numbers(0, 8));
}

TYPED_TEST(PagingOf, APositionHoldsWithPagesOfAnotherSize) {
  const PagedService<TypeParam> service(numbers_up_to(9));
  const Paging small{Kind::has_next, "DATA", 1000, 2};
  const std::string position = R"({"page":{"limit":5,"offset":1},"items":4})";
  EXPECT_EQ(items_of(pages_of(service, small).from(position)), numbers(5, 9));
  EXPECT_EQ(parameter(service.queries().front(), "limit"), "2");
}

TYPED_TEST(PagingOf, APositionIsWithinWhatThereMayBe) {
  const PagedService<TypeParam> service(numbers_up_to(1000));
  const Paging paging{Kind::has_next, "DATA", 7, 3};
  const auto rest = [&](const std::string& position) {
    return items_of(pages_of(service, paging).from(position));
  };
  EXPECT_EQ(rest(R"({"page":{"offset":5}})"), numbers(5, 7));
  EXPECT_EQ(rest(R"({"page":{"offset":7}})"), numbers(0, 0));
}

TYPED_TEST(PagingOf, WhatIsNoPositionIsRefusedBeforeAnythingIsSent) {
  const std::vector<std::pair<Kind, std::string>> wrong{
      {Kind::marker, "x"},
      {Kind::marker, "7"},
      {Kind::marker, "{}"},
      {Kind::marker, R"({"page": 1})"},
      {Kind::marker, R"({"page": {"marker": ["a"]}})"},
      {Kind::marker, R"({"page": {"filter": "a"}})"},
      {Kind::marker, R"({"page": {"offset": 3}})"},
      {Kind::marker, R"({"page": {}, "items": -1})"},
      {Kind::marker, R"({"page": {}, "items": "1"})"},
      {Kind::next_token, R"({"page": {"marker": "a"}})"},
      {Kind::has_next, R"({"page": {"marker": "a"}})"},
      {Kind::has_next, R"({"page": {"offset": "3"}})"},
      {Kind::has_next, R"({"page": {"offset": -3}})"},
      {Kind::json_api, R"({"page": {"page[cursor]": 3}})"},
  };
  for (const auto& [kind, position] : wrong) {
    const PagedService<TypeParam> service(numbers_up_to(8));
    const auto pages = pages_of(service, {kind, "DATA", 1000, 3});
    EXPECT_THROW(static_cast<void>(pages.from(position)), GlobusSDKUsageError) << position;
    EXPECT_TRUE(service.queries().empty());
  }
}

TYPED_TEST(PagingOf, APositionHoldsNothingOfTheOptions) {
  const PagedService<TypeParam> service([](const Parameters& query) {
    return page(R"({"DATA": [1], "links": {"next": "/list?api_key=hidden&filter=a&page=)" +
                parameter(query, "page", "1") + R"(1&f=1&f=2"}})");
  });
  const TestPages<TypeParam> pages(
      service.connection(), detail::get("/list").query("api_key", "hidden").query("filter", "a"),
      {Kind::json_api, "DATA"});
  const std::string position = position_after(pages, 1);
  EXPECT_EQ(position, R"({"page":{"f":["1","2"],"page":["11"]}})");
  EXPECT_EQ(position_after(pages.from(position), 1), R"({"page":{"f":["1","2"],"page":["111"]}})");
  EXPECT_EQ(
      service.queries().back(),
      (Parameters{{"api_key", "hidden"}, {"f", "1"}, {"f", "2"}, {"filter", "a"}, {"page", "11"}}));
}

// ---- the ranges ---------------------------------------------------------------------------------

TEST(PagingRanges, AnErrorLeavesTheIteratorWhereItWas) {
  const PagedService<Blocking> service(broken_at({2, 3}, refusal, numbers_up_to(5)));
  const auto pages = pages_of(service, {Kind::limit_offset_total, "DATA", 1000, 3});
  auto page = pages.begin();
  EXPECT_EQ(page->size(), 3U);
  const IterableTransferResponse kept = *page;
  EXPECT_NO_THROW(++page);
  const std::string position = page.position();
  EXPECT_THROW(static_cast<void>(page == pages.end()), GlobusAPIError);
  EXPECT_EQ(kept["DATA"][0], 0) << "what was read stays";
  EXPECT_EQ(page.position(), position);
  EXPECT_THROW(static_cast<void>(*page), GlobusAPIError);
  EXPECT_EQ((*page)["DATA"][0], 3) << "the same page, the third time";
  EXPECT_EQ(page.position(), position) << "here it stands until ++";
  EXPECT_EQ(++page, pages.end());
  EXPECT_EQ(service.queries().size(), 4U);
}

TEST(PagingRanges, PagesAreResumedWhole) {
  const PagedService<Blocking> service(numbers_up_to(8));
  const auto pages = pages_of(service, {Kind::marker, "DATA"});
  const auto rest = pages.from(position_after(pages, 4));
  auto page = rest.begin();
  EXPECT_EQ((*page)["DATA"], Json({3, 4, 5}).view());
  EXPECT_EQ(page.position(), R"({"page":{"marker":"3"}})");
  EXPECT_EQ((*++page)["DATA"], Json({6, 7}).view());
  EXPECT_EQ(++page, rest.end());
}

TEST(PagingRanges, EachBeginStartsAnew) {
  const PagedService<Simulated> service(numbers_up_to(5));
  const auto pages = pages_of(service, {Kind::marker, "DATA"});
  EXPECT_EQ(items_of(pages), numbers(0, 5));
  EXPECT_EQ(items_of(pages), numbers(0, 5));
  EXPECT_EQ(service.queries().size(), 4u);
}

TEST(PagingRanges, ItemsOfATemporaryOwnTheirState) {
  const PagedService<Blocking> service(numbers_up_to(7));
  std::vector<int> items;
  for (const auto& item : pages_of(service, {Kind::marker, "DATA"}).items()) {
    items.push_back(item.as<int>());
  }
  EXPECT_EQ(items, numbers(0, 7));
  auto kept = pages_of(service, {Kind::marker, "DATA"}).items();
  const JsonView first = *kept.begin();
  EXPECT_EQ(first.as<int>(), 0);
}

/// How many elements a view of a listing has, and how many requests that took: pages have three
/// items.
template <class MakeView> std::pair<int, std::size_t> elements_and_requests(MakeView make_view) {
  const PagedService<Blocking> service(numbers_up_to(12));
  int elements = 0;
  for (const auto& element : make_view(pages_of(service, {Kind::marker, "DATA"}))) {
    static_cast<void>(element);
    ++elements;
  }
  return {elements, service.queries().size()};
}

using Elements = std::pair<int, std::size_t>;

TEST(PagingRanges, TakingItemsAsksForNoPageBeyond) {
  const auto take = [](int count) {
    return elements_and_requests(
        [count](auto pages) { return pages.items() | std::views::take(count); });
  };
  EXPECT_EQ(take(0), Elements(0, 0));
  EXPECT_EQ(take(1), Elements(1, 1));
  EXPECT_EQ(take(3), Elements(3, 1));
  EXPECT_EQ(take(4), Elements(4, 2));
  EXPECT_EQ(take(6), Elements(6, 2));
  EXPECT_EQ(take(12), Elements(12, 4));
  EXPECT_EQ(take(13), Elements(12, 4));
}

TEST(PagingRanges, TakingPagesAsksForNoPageBeyond) {
  const auto take = [](int count) {
    return elements_and_requests(
        [count](auto pages) { return std::move(pages) | std::views::take(count); });
  };
  EXPECT_EQ(take(0), Elements(0, 0));
  EXPECT_EQ(take(1), Elements(1, 1));
  EXPECT_EQ(take(3), Elements(3, 3));
  EXPECT_EQ(take(5), Elements(4, 4));
}

TEST(PagingRanges, ViewsInAChainAskForNoPageBeyond) {
  EXPECT_EQ(elements_and_requests([](auto pages) {
              return pages.items() |
                     std::views::transform([](const JsonView& item) { return item.as<int>(); }) |
                     std::views::take(6);
            }),
            Elements(6, 2));
  EXPECT_EQ(elements_and_requests([](auto pages) {
              return pages.items() | std::views::take(6) |
                     std::views::filter([](const JsonView& item) { return item.as<int>() > 3; });
            }),
            Elements(2, 2));
  EXPECT_EQ(elements_and_requests([](auto pages) { return pages.items() | std::views::drop(3); }),
            Elements(9, 4));
  EXPECT_EQ(elements_and_requests([](auto pages) {
              return pages.items() | std::views::take_while(
                                         [](const JsonView& item) { return item.as<int>() < 2; });
            }),
            Elements(2, 1));
}

TEST(PagingRanges, FindingAnItemAsksForNoPageBeyond) {
  const PagedService<Blocking> service(numbers_up_to(12));
  const auto items = pages_of(service, {Kind::marker, "DATA"}).items();
  const auto found =
      std::ranges::find_if(items, [](const JsonView& item) { return item.as<int>() == 5; });
  ASSERT_NE(found, items.end());
  EXPECT_EQ((*found).as<int>(), 5);
  EXPECT_EQ(service.queries().size(), 2U);
}

TEST(PagingRanges, LeavingALoopAsksForNoPageBeyond) {
  const PagedService<Blocking> service(numbers_up_to(12));
  for (const auto& item : pages_of(service, {Kind::marker, "DATA"}).items()) {
    if (item.as<int>() == 2) break;
  }
  EXPECT_EQ(service.queries().size(), 1U);
}

TEST(PagingRanges, PassingOverWhatIsNotLookedAtCounts) {
  const PagedService<Blocking> service(numbers_up_to(12));
  const auto items = pages_of(service, {Kind::marker, "DATA"}).items();
  auto item = items.begin();
  for (int i = 0; i < 7; ++i) item++;
  EXPECT_EQ((*item).as<int>(), 7);
  const auto pages = pages_of(service, {Kind::marker, "DATA"});
  auto page = pages.begin();
  ++page;
  ++page;
  EXPECT_EQ((*page)["DATA"][0], 6);
}

TEST(PagingRanges, ViewsMayFilterAndTransform) {
  const PagedService<Simulated> service(numbers_up_to(10));
  auto items = pages_of(service, {Kind::nullable_marker, "DATA"}).items();
  auto odd = items | std::views::transform([](const JsonView& item) { return item.as<int>(); }) |
             std::views::filter([](int number) { return number % 2 == 1; });
  std::vector<int> found;
  for (const int number : odd) found.push_back(number);
  EXPECT_EQ(found, (std::vector<int>{1, 3, 5, 7, 9}));
}

// ---- one coroutine over all pages ---------------------------------------------------------------

boost::asio::awaitable<int> sum_of_pages(TestPages<Async> pages) {
  int sum = 0;
  while (auto page = co_await pages.next()) {
    for (const auto& item : *page) sum += item.as<int>();
  }
  auto after_the_last = co_await pages.next();
  co_return after_the_last ? -1 : sum;
}

boost::asio::awaitable<int> sum_of_items(TestPages<Async> pages) {
  int sum = 0;
  while (auto item = co_await pages.next_item()) sum += item->as<int>();
  auto after_the_last = co_await pages.next_item();
  co_return after_the_last ? -1 : sum;
}

TEST(PagingInACoroutine, GoesOverAllPages) {
  const PagedService<Async> service(numbers_up_to(10));
  EXPECT_EQ(run_async(sum_of_pages(pages_of(service, {Kind::marker, "DATA"}))), 45);
  EXPECT_EQ(run_async(sum_of_items(pages_of(service, {Kind::marker, "DATA"}))), 45);
  EXPECT_EQ(service.queries().size(), 8u);
}

}  // namespace
}  // namespace globus_sdk_test
