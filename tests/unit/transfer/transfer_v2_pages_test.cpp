// SPDX-License-Identifier: Apache-2.0
// The listings of TransferClientV2 over several pages, against the same list in one.
#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>
#include <string>
#include <vector>

#include "globus_sdk/transfer/transfer_client_v2.hpp"
#include "unit/core/call/paged_service.hpp"

namespace globus_sdk_test {
namespace {

using namespace globus_sdk;

constexpr int total = 11;

/// A listing in the form of JSON:API, four items a page unless a limit says otherwise.
RecordedAnswer listing(const Parameters& query) {
  const int limit = std::stoi(parameter(query, "page[limit]", "4"));
  const int from = std::stoi(parameter(query, "page[marker]", "0"));
  const int to = std::min(from + limit, total);
  boost::json::array items;
  for (int number = from; number < to; ++number) items.push_back(number);
  boost::json::object page{{"data", items}, {"links", nullptr}, {"meta", {{"request_id", "x"}}}};
  if (to < total) {
    const std::string next =
        "https://elsewhere.example/v2/x?page%5Blimit%5D=" + std::to_string(limit) +
        "&page%5Bmarker%5D=" + std::to_string(to);
    page["links"] = boost::json::object{{"next", next}};
  }
  return {200, boost::json::serialize(page), {}};
}

std::vector<int> everything() {
  std::vector<int> numbers(total);
  std::iota(numbers.begin(), numbers.end(), 0);
  return numbers;
}

template <class Mode> class TransferV2Listings : public testing::Test {
 protected:
  /// Reads a listing to its end; `list` calls the method with the query parameters it is given.
  template <class List> void expect_all_pages(List list) {
    const auto client = BasicTransferClientV2<Mode>(service_.connection()).paginated();
    EXPECT_EQ(items_of(list(client, {{"x", "y"}, {"page[limit]", 4}})), everything());
    const std::vector<Parameters> queries = service_.queries();
    ASSERT_EQ(queries.size(), 3U);
    for (const Parameters& query : queries) {
      EXPECT_EQ(parameter(query, "x"), "y");
      EXPECT_EQ(parameter(query, "page[limit]"), "4");
    }
    EXPECT_EQ(items_of(list(client, {{"page[marker]", 8}})), (std::vector<int>{8, 9, 10}));
    EXPECT_EQ(items_of(list(client, {{"page[limit]", total}})), everything());
    EXPECT_EQ(service_.queries().size(), 5U);
  }

  PagedService<Mode> service_{listing};
};
TYPED_TEST_SUITE(TransferV2Listings, Modes, ModeNames);

TYPED_TEST(TransferV2Listings, StreamAccessPoints) {
  this->expect_all_pages([](const auto& client, const Json& query_params) {
    ListStreamAccessPointsOptions options;
    options.query_params = query_params;
    return client.list_stream_access_points(options);
  });
}

TYPED_TEST(TransferV2Listings, Tunnels) {
  this->expect_all_pages([](const auto& client, const Json& query_params) {
    TransferV2ListTunnelsOptions options;
    options.query_params = query_params;
    return client.list_tunnels(options);
  });
}

TYPED_TEST(TransferV2Listings, TunnelEvents) {
  this->expect_all_pages([](const auto& client, const Json& query_params) {
    TransferV2GetTunnelEventsOptions options;
    options.query_params = query_params;
    return client.get_tunnel_events("t", options);
  });
}

TYPED_TEST(TransferV2Listings, Bookmarks) {
  this->expect_all_pages([](const auto& client, const Json& query_params) {
    ListBookmarksOptions options;
    options.query_params = query_params;
    return client.list_bookmarks(options);
  });
}

}  // namespace
}  // namespace globus_sdk_test
