// SPDX-License-Identifier: Apache-2.0
// The listings of the clients: each over several pages, against the same list in one.
#include <gtest/gtest.h>

#include "globus_sdk/transfer/transfer_client.hpp"
#include "unit/core/call/paged_service.hpp"
#include "wire/tally.hpp"

namespace globus_sdk_test {
namespace {

using namespace globus_sdk;

constexpr int total = 11;

/// A listing of Transfer's, four items a page unless a limit says otherwise.
RecordedAnswer listing(const Parameters& query) {
  const int limit = std::stoi(parameter(query, "limit", "4"));
  const int from = std::stoi(parameter(query, "marker", parameter(query, "offset", "0")));
  boost::json::array items;
  for (int number = from; number < std::min(from + limit, total); ++number) items.push_back(number);
  const int next = from + static_cast<int>(items.size());
  boost::json::object page{{"DATA", items}, {"total", total}, {"has_next_page", next < total}};
  if (next < total) page["next_marker"] = std::to_string(next);
  return {200, boost::json::serialize(page), {}};
}

/// The same, where each page says by which key the next one begins.
RecordedAnswer listing_by_key(const Parameters& query) {
  const int from = std::stoi(parameter(query, "last_key", parameter(query, "next_token", "0")));
  boost::json::array items;
  for (int number = from; number < std::min(from + 4, total); ++number) items.push_back(number);
  const int next = from + static_cast<int>(items.size());
  boost::json::object page{
      {"DATA", items}, {"shared_endpoints", items}, {"has_next_page", next < total}};
  page["last_key"] = std::to_string(next);
  if (next < total) page["next_token"] = std::to_string(next);
  return {200, boost::json::serialize(page), {}};
}

/// The recorded parameters of a method's paginator.
boost::json::object recorded_parameters(const std::string& method) {
  const boost::json::object records = load_records("TransferClient.json");
  return records.at("paginated").as_object().at(method).at("params").as_object();
}

/// The same listing in one page, unpaged.
std::vector<int> everything() {
  const PagedService<Blocking> service(listing);
  TaskListOptions options;
  options.limit = total;
  std::vector<int> numbers;
  const TransferClient client(service.connection());
  for (const auto& item : client.task_list(options)) numbers.push_back(item.as<int>());
  EXPECT_EQ(numbers.size(), static_cast<std::size_t>(total));
  return numbers;
}

template <class Mode> class PaginatedMethods : public testing::Test {
 protected:
  auto paginated() const { return BasicTransferClient<Mode>(service_.connection()).paginated(); }
  std::string limit_of_query(std::size_t index) const {
    return parameter(service_.queries().at(index), "limit");
  }

  PagedService<Mode> service_{listing};
};
TYPED_TEST_SUITE(PaginatedMethods, Modes, ModeNames);

TYPED_TEST(PaginatedMethods, TaskList) {
  TaskListOptions options;
  options.limit = 4;
  options.filter = "status:ACTIVE";
  EXPECT_EQ(items_of(this->paginated().task_list(options)), everything());
  const auto queries = this->service_.queries();
  ASSERT_EQ(queries.size(), 3u);
  for (const Parameters& query : queries) EXPECT_EQ(parameter(query, "filter"), "status:ACTIVE");
}

TYPED_TEST(PaginatedMethods, TaskListInPagesOfItsOwn) {
  EXPECT_EQ(items_of(this->paginated().task_list()), everything());
  const auto parameters = recorded_parameters("task_list");
  EXPECT_EQ(this->limit_of_query(0), boost::json::serialize(parameters.at("page_size")));
}

TYPED_TEST(PaginatedMethods, TaskListFromAnOffset) {
  TaskListOptions options;
  options.limit = 4;
  options.offset = 5;
  EXPECT_EQ(items_of(this->paginated().task_list(options)), (std::vector<int>{5, 6, 7, 8, 9, 10}));
  options.offset = 998;
  items_of(this->paginated().task_list(options));
  EXPECT_EQ(this->limit_of_query(2), "2");  // of 1000 in all
}

TYPED_TEST(PaginatedMethods, TaskEventList) {
  TaskEventListOptions options;
  options.limit = 4;
  EXPECT_EQ(items_of(this->paginated().task_event_list("t", options)), everything());
  EXPECT_EQ(this->service_.queries().size(), 3u);
  items_of(this->paginated().task_event_list("t"));
  const auto parameters = recorded_parameters("task_event_list");
  EXPECT_EQ(this->limit_of_query(3), boost::json::serialize(parameters.at("page_size")));
}

TYPED_TEST(PaginatedMethods, EndpointSearch) {
  EndpointSearchOptions options;
  options.filter_fulltext = "x";
  options.limit = 4;
  EXPECT_EQ(items_of(this->paginated().endpoint_search(options)), everything());
  EXPECT_EQ(this->service_.queries().size(), 3u);
  options.limit.reset();
  items_of(this->paginated().endpoint_search(options));
  const auto parameters = recorded_parameters("endpoint_search");
  EXPECT_EQ(this->limit_of_query(3), boost::json::serialize(parameters.at("page_size")));
}

TYPED_TEST(PaginatedMethods, TaskSuccessfulTransfers) {
  EXPECT_EQ(items_of(this->paginated().task_successful_transfers("t")), everything());
  EXPECT_EQ(this->service_.queries().size(), 3u);
  TaskSuccessfulTransfersOptions options;
  options.marker = "8";
  EXPECT_EQ(items_of(this->paginated().task_successful_transfers("t", options)),
            (std::vector<int>{8, 9, 10}));
}

TYPED_TEST(PaginatedMethods, TaskSkippedErrors) {
  EXPECT_EQ(items_of(this->paginated().task_skipped_errors("t")), everything());
  EXPECT_EQ(this->service_.queries().size(), 3u);
  TaskSkippedErrorsOptions options;
  options.marker = "8";
  EXPECT_EQ(items_of(this->paginated().task_skipped_errors("t", options)),
            (std::vector<int>{8, 9, 10}));
}

TYPED_TEST(PaginatedMethods, EndpointManagerTaskEventList) {
  EndpointManagerTaskEventListOptions options;
  options.limit = 4;
  EXPECT_EQ(items_of(this->paginated().endpoint_manager_task_event_list("t", options)),
            everything());
  EXPECT_EQ(this->service_.queries().size(), 3u);
}

TYPED_TEST(PaginatedMethods, EndpointManagerTaskSuccessfulTransfersAndSkippedErrors) {
  EXPECT_EQ(items_of(this->paginated().endpoint_manager_task_successful_transfers("t")),
            everything());
  EXPECT_EQ(items_of(this->paginated().endpoint_manager_task_skipped_errors("t")), everything());
  EXPECT_EQ(this->service_.queries().size(), 6u);
}

template <class Mode> class ListingsByKey : public testing::Test {
 protected:
  auto paginated() const { return BasicTransferClient<Mode>(service_.connection()).paginated(); }

  PagedService<Mode> service_{listing_by_key};
};
TYPED_TEST_SUITE(ListingsByKey, Modes, ModeNames);

TYPED_TEST(ListingsByKey, EndpointManagerTaskList) {
  EXPECT_EQ(items_of(this->paginated().endpoint_manager_task_list()), everything());
  EXPECT_EQ(this->service_.queries().size(), 3u);
  EndpointManagerTaskListOptions options;
  options.last_key = "8";
  EXPECT_EQ(items_of(this->paginated().endpoint_manager_task_list(options)),
            (std::vector<int>{8, 9, 10}));
}

TYPED_TEST(ListingsByKey, GetSharedEndpointList) {
  EXPECT_EQ(items_of(this->paginated().get_shared_endpoint_list("e")), everything());
  EXPECT_EQ(this->service_.queries().size(), 3u);
}

}  // namespace
}  // namespace globus_sdk_test
