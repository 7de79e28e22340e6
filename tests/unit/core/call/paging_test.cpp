// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <concepts>
#include <numeric>
#include <ranges>

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

/// Pages of three items, of which the third is refused.
AnswerPage broken_at_six() {
  return [](const Parameters& query) {
    if (parameter(query, "offset") != "6") return numbers_up_to(20)(query);
    return RecordedAnswer{404, R"({"code": "ClientError.NotFound", "message": "gone"})", {}};
  };
}

TYPED_TEST(PagingOf, AnErrorInTheMiddleComesAfterWhatWasBeforeIt) {
  const PagedService<TypeParam> service(broken_at_six());
  std::vector<int> items;
  const auto keep = [&items](const JsonView& item) { items.push_back(item.as<int>()); };
  EXPECT_THROW(for_each_item(pages_of(service, {Kind::limit_offset_total, "DATA", 1000, 3}), keep),
               GlobusAPIError);
  EXPECT_EQ(items, numbers(0, 6));
}

// ---- the ranges ---------------------------------------------------------------------------------

TEST(PagingRanges, AnErrorIsThrownByTheIncrement) {
  const PagedService<Blocking> service(broken_at_six());
  const auto pages = pages_of(service, {Kind::limit_offset_total, "DATA", 1000, 3});
  auto page = pages.begin();
  EXPECT_EQ(page->size(), 3u);
  EXPECT_NO_THROW(++page);
  EXPECT_THROW(++page, GlobusAPIError);
  EXPECT_EQ(page, pages.end());
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

TEST(PagingRanges, AViewAsksForNoMoreThanItNeeds) {
  const PagedService<Blocking> service(numbers_up_to(1000));
  std::vector<int> items;
  for (const auto& item : pages_of(service, {Kind::marker, "DATA"}).items() | std::views::take(5)) {
    items.push_back(item.as<int>());
  }
  EXPECT_EQ(items, numbers(0, 5));
  EXPECT_EQ(service.queries().size(), 2u);
  std::size_t pages = 0;
  for (const auto& page : pages_of(service, {Kind::marker, "DATA"}) | std::views::take(1)) {
    pages += page.size() > 0 ? 1 : 0;
  }
  EXPECT_EQ(pages, 1u);
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
