// SPDX-License-Identifier: Apache-2.0
// The listings of Flows: each over several pages, with the same parameters for each page.
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "globus_sdk/flows/flows_client.hpp"
#include "unit/core/call/paged_service.hpp"

namespace globus_sdk_test {
namespace {

using namespace globus_sdk;

constexpr int total = 11;

std::vector<int> everything() {
  std::vector<int> numbers;
  for (int number = 0; number < total; ++number) numbers.push_back(number);
  return numbers;
}

/// A page of four items at most, from a marker on. The same items for whatever is listed.
boost::json::object page(const Parameters& query) {
  const int from = std::stoi(parameter(query, "marker", "0"));
  boost::json::array items;
  for (int number = from; number < std::min(from + 4, total); ++number) items.push_back(number);
  const int next = from + static_cast<int>(items.size());
  boost::json::object page{{"flows", items},
                           {"runs", items},
                           {"entries", items},
                           {"registered_apis", items},
                           {"web_input_summaries", items}};
  page["marker"] = std::to_string(next);
  return page;
}

bool is_last(const boost::json::object& page) {
  return page.at("marker").as_string() == std::to_string(total);
}

/// Says by `has_next_page` where it ends, and has a marker to the end.
RecordedAnswer listing(const Parameters& query) {
  boost::json::object answer = page(query);
  answer["has_next_page"] = !is_last(answer);
  return {200, boost::json::serialize(answer), {}};
}

/// Says so by a marker that is null.
RecordedAnswer listing_to_null(const Parameters& query) {
  boost::json::object answer = page(query);
  if (is_last(answer)) answer["marker"] = nullptr;
  return {200, boost::json::serialize(answer), {}};
}

template <class Mode> class FlowsListings : public testing::Test {
 protected:
  explicit FlowsListings(AnswerPage answer = listing) : service_(std::move(answer)) {}

  auto paginated() const { return BasicFlowsClient<Mode>(service_.connection()).paginated(); }
  /// Whether there were three requests, each with these parameters.
  void expect_three_requests_with(const Parameters& parameters) const {
    const auto queries = service_.queries();
    EXPECT_EQ(queries.size(), 3u);
    for (Parameters query : queries) {
      std::erase_if(query, [](const auto& pair) { return pair.first == "marker"; });
      EXPECT_EQ(query, parameters);
    }
  }

  PagedService<Mode> service_;
};
TYPED_TEST_SUITE(FlowsListings, Modes, ModeNames);

TYPED_TEST(FlowsListings, ListFlows) {
  ListFlowsOptions options;
  options.filter_roles = {"flow_owner", "flow_viewer"};
  options.orderby = {"title ASC", "updated_at DESC"};
  EXPECT_EQ(items_of(this->paginated().list_flows(options)), everything());
  this->expect_three_requests_with({{"filter_roles", "flow_owner,flow_viewer"},
                                    {"orderby", "title ASC"},
                                    {"orderby", "updated_at DESC"}});
}

TYPED_TEST(FlowsListings, ListFlowsFromAMarker) {
  ListFlowsOptions options;
  options.marker = "8";
  EXPECT_EQ(items_of(this->paginated().list_flows(options)), (std::vector<int>{8, 9, 10}));
  EXPECT_EQ(this->service_.queries().size(), 1u);
}

TYPED_TEST(FlowsListings, ListRuns) {
  ListRunsOptions options;
  options.filter_flow_id = {"one", "two"};
  EXPECT_EQ(items_of(this->paginated().list_runs(options)), everything());
  this->expect_three_requests_with({{"filter_flow_id", "one,two"}});
}

TYPED_TEST(FlowsListings, GetRunLogs) {
  GetRunLogsOptions options;
  options.limit = 4;
  options.reverse_order = true;
  EXPECT_EQ(items_of(this->paginated().get_run_logs("a-run", options)), everything());
  this->expect_three_requests_with({{"limit", "4"}, {"reverse_order", "True"}});
}

TYPED_TEST(FlowsListings, ListRegisteredApis) {
  ListRegisteredApisOptions options;
  options.per_page = 4;
  options.orderby = {"name ASC", "updated_timestamp DESC"};
  EXPECT_EQ(items_of(this->paginated().list_registered_apis(options)), everything());
  this->expect_three_requests_with(
      {{"per_page", "4"}, {"orderby", "name ASC"}, {"orderby", "updated_timestamp DESC"}});
}

template <class Mode> class FlowsListingsToNull : public FlowsListings<Mode> {
 protected:
  FlowsListingsToNull() : FlowsListings<Mode>(listing_to_null) {}
};
TYPED_TEST_SUITE(FlowsListingsToNull, Modes, ModeNames);

TYPED_TEST(FlowsListingsToNull, ListWebInputs) {
  ListWebInputsOptions options;
  options.filter_roles = {WebInputRole::viewer, WebInputRole::respondent};
  options.filter_states = "open";
  options.orderby = {"created_timestamp DESC", "edited_timestamp ASC"};
  options.per_page = 4;
  EXPECT_EQ(items_of(this->paginated().list_web_inputs(options)), everything());
  this->expect_three_requests_with({{"filter_roles", "viewer,respondent"},
                                    {"filter_states", "open"},
                                    {"orderby", "created_timestamp DESC,edited_timestamp ASC"},
                                    {"per_page", "4"}});
}

}  // namespace
}  // namespace globus_sdk_test
