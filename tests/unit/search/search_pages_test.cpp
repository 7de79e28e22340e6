// SPDX-License-Identifier: Apache-2.0
// The results of a search over several pages, by each of the three methods that have them.
#include <gtest/gtest.h>

#include "globus_sdk/search/search_client.hpp"
#include "unit/core/call/paged_service.hpp"
#include "wire/tally.hpp"

namespace globus_sdk_test {
namespace {

using namespace globus_sdk;

constexpr int total = 11;

/// Results as Search has them: by limit and offset, or by a marker.
RecordedAnswer results(const Parameters& asked) {
  const int limit = std::stoi(parameter(asked, "limit", "10"));
  const int from = std::stoi(parameter(asked, "marker", parameter(asked, "offset", "0")));
  boost::json::array items;
  for (int number = from; number < std::min(from + limit, total); ++number) items.push_back(number);
  const int next = from + static_cast<int>(items.size());
  boost::json::object page{{"gmeta", items},
                           {"count", items.size()},
                           {"total", total},
                           {"has_next_page", next < total},
                           {"marker", nullptr}};
  if (next < total) page["marker"] = std::to_string(next);
  return {200, boost::json::serialize(page), {}};
}

std::vector<int> numbers_from(int first) {
  std::vector<int> numbers;
  for (int number = first; number < total; ++number) numbers.push_back(number);
  return numbers;
}

/// How many results a page has when nothing else is said; as recorded.
std::string recorded_page_size(const std::string& method) {
  const auto paginated = load_records("SearchClient.json").at("paginated").as_object();
  return boost::json::serialize(paginated.at(method).at("params").at("page_size"));
}

template <class Mode> class SearchPages : public testing::Test {
 protected:
  auto paginated() const { return BasicSearchClient<Mode>(service_.connection()).paginated(); }
  /// A parameter of all requests so far.
  std::vector<std::string> asked(const std::string& name) const {
    std::vector<std::string> values;
    for (const Parameters& query : service_.queries()) values.push_back(parameter(query, name));
    return values;
  }

  PagedService<Mode> service_{results};
};
TYPED_TEST_SUITE(SearchPages, Modes, ModeNames);

using Texts = std::vector<std::string>;

TYPED_TEST(SearchPages, OfSearch) {
  SearchOptions options;
  options.limit = 4;
  options.advanced = true;
  EXPECT_EQ(items_of(this->paginated().search("i", "a b", options)), numbers_from(0));
  EXPECT_EQ(this->asked("q"), Texts(3, "a b"));
  EXPECT_EQ(this->asked("advanced"), Texts(3, "True"));
  EXPECT_EQ(this->asked("offset"), (Texts{"", "4", "8"}));
}

TYPED_TEST(SearchPages, OfSearchFromAnOffset) {
  SearchOptions options;
  options.limit = 2;
  options.offset = 6;
  EXPECT_EQ(items_of(this->paginated().search("i", "x", options)), numbers_from(6));
  EXPECT_EQ(this->asked("offset"), (Texts{"6", "8", "10"}));
}

TYPED_TEST(SearchPages, OfSearchEndAtTheLastResultThatTheServiceHas) {
  SearchOptions options;
  options.offset = 9998;
  items_of(this->paginated().search("i", "x", options));
  EXPECT_EQ(this->asked("limit"), Texts{"2"});
}

TYPED_TEST(SearchPages, OfPostSearch) {
  const SearchQueryV1Options options{.q = "x", .limit = 4, .sort = {{{"field_name", "year"}}}};
  const SearchQueryV1 query(options);
  EXPECT_EQ(items_of(this->paginated().post_search("i", query)), numbers_from(0));
  EXPECT_EQ(this->asked("q"), Texts(3, "x"));
  EXPECT_EQ(this->asked("sort"), Texts(3, R"([{"field_name":"year"}])"));
  EXPECT_EQ(this->asked("limit"), (Texts{"4", "4", "4"}));
  EXPECT_EQ(this->asked("offset"), (Texts{"", "4", "8"}));
}

TYPED_TEST(SearchPages, OfPostSearchByItsOptions) {
  const Json query = {{"q", "x"}, {"limit", 9}, {"offset", 1}};
  PostSearchOptions options;
  options.limit = 3;
  options.offset = 2;
  EXPECT_EQ(items_of(this->paginated().post_search("i", query, options)), numbers_from(2));
  EXPECT_EQ(this->asked("offset"), (Texts{"2", "5", "8"}));
  EXPECT_EQ(this->asked("limit"), Texts(3, "3"));
}

TYPED_TEST(SearchPages, HaveTheRecordedSize) {
  const Json query = {{"q", "x"}};
  EXPECT_EQ(items_of(this->paginated().search("i", "x")), numbers_from(0));
  EXPECT_EQ(items_of(this->paginated().post_search("i", query)), numbers_from(0));
  EXPECT_EQ(this->asked("limit"),
            (Texts{recorded_page_size("search"), recorded_page_size("post_search")}));
}

TYPED_TEST(SearchPages, OfScroll) {
  const SearchScrollQueryOptions options{.q = "*", .limit = 4};
  const SearchScrollQuery query(options);
  EXPECT_EQ(items_of(this->paginated().scroll("i", query)), numbers_from(0));
  EXPECT_EQ(this->asked("q"), Texts(3, "*"));
  EXPECT_EQ(this->asked("limit"), Texts(3, "4"));
  EXPECT_EQ(this->asked("marker"), (Texts{"", "4", "8"}));
}

TYPED_TEST(SearchPages, OfScrollFromAMarker) {
  const Json query = {{"q", "*"}, {"limit", 2}};
  ScrollOptions options;
  options.marker = "5";
  EXPECT_EQ(items_of(this->paginated().scroll("i", query, options)), numbers_from(5));
  EXPECT_EQ(this->asked("marker"), (Texts{"5", "7", "9"}));
}

}  // namespace
}  // namespace globus_sdk_test
