// SPDX-License-Identifier: Apache-2.0
// What docs/guide/listings.md shows beside its first program, compiled, and run against a listing
// of three tasks in pages of two.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/asio/awaitable.hpp>
#include <globus_sdk/async.hpp>
#include <globus_sdk/globus_sdk.hpp>
#include <iostream>
#include <ranges>
#include <string>
#include <vector>

#include "support/recording_server.hpp"
#include "support/run_async.hpp"

using namespace globus_sdk;
using globus_sdk_test::RecordedAnswer;
using globus_sdk_test::RecordedRequest;
using globus_sdk_test::RecordingServer;
using globus_sdk_test::run_async;
using testing::ElementsAre;

namespace {

RecordedAnswer three_tasks(const RecordedRequest& request) {
  const bool second = request.target.find("offset=2") != std::string::npos;
  return {200,
          second ? R"({"total": 3, "DATA": [{"task_id": "c", "status": "FAILED"}]})"
                 : R"({"total": 3, "DATA": [{"task_id": "a", "status": "ACTIVE"},
                                            {"task_id": "b", "status": "FAILED"}]})",
          {}};
}

class ListingsGuide : public testing::Test {
 protected:
  RecordingServer server{three_tasks};
  TransferClient tc{ClientOptions{.base_url = server.url()}};
};

TEST_F(ListingsGuide, Pages) {
  std::vector<std::string> ids;
  //! [pages]
  for (const auto& page : tc.paginated().task_list({.limit = 2})) {
    std::cout << page.size() << " of " << page["total"] << " tasks\n";
    for (auto task : page) ids.push_back(task["task_id"]);
  }
  //! [pages]
  EXPECT_THAT(ids, ElementsAre("a", "b", "c"));
}

TEST_F(ListingsGuide, Take) {
  std::vector<std::string> ids;
  //! [take]
  for (auto task : tc.paginated().task_list().items() | std::views::take(2))
    ids.push_back(task["task_id"]);
  //! [take]
  EXPECT_THAT(ids, ElementsAre("a", "b"));
  EXPECT_EQ(server.requests().size(), 1U);
}

TEST_F(ListingsGuide, Find) {
  //! [find]
  const auto has_failed = [](const JsonView& task) { return task["status"] == "FAILED"; };
  const auto tasks = tc.paginated().task_list().items();
  const auto failed = std::ranges::find_if(tasks, has_failed);
  if (failed != tasks.end()) std::cout << (*failed)["task_id"] << '\n';
  //! [find]
  EXPECT_EQ((*failed)["task_id"], "b");
  EXPECT_EQ(server.requests().size(), 1U);
}

std::vector<std::string> read_all(const TransferClient& tc) {
  std::vector<std::string> ids;
  //! [again]
  const auto tasks = tc.paginated().task_list().items();
  auto task = tasks.begin();
  for (int attempts = 0; attempts < 3; ++attempts) {
    try {
      for (; task != tasks.end(); ++task) ids.push_back((*task)["task_id"]);
      break;
    } catch (const NetworkError& error) {
      std::cerr << "the next page is asked for again: " << error.what() << '\n';
    }
  }
  //! [again]
  return ids;
}

TEST_F(ListingsGuide, Again) {
  EXPECT_THAT(read_all(tc), ElementsAre("a", "b", "c"));
}

TEST_F(ListingsGuide, Resume) {
  //! [resume]
  const auto listing = tc.paginated().task_list({.limit = 2});
  const auto tasks = listing.items();
  auto task = tasks.begin();
  std::cout << (*task)["task_id"] << '\n';
  ++task;
  const std::string position = task.position();  // kept in a file, for example

  // later, and perhaps elsewhere
  for (auto other : listing.from(position).items()) std::cout << other["task_id"] << '\n';
  //! [resume]
  std::vector<std::string> rest;
  for (auto other : listing.from(position).items()) rest.push_back(other["task_id"]);
  EXPECT_THAT(rest, ElementsAre("b", "c"));
  EXPECT_EQ(position, R"({"page":{"limit":2},"items":1})");
}

//! [async]
boost::asio::awaitable<int> count_failed(TransferClient client) {
  const auto pages = client.async().paginated().task_list();
  int failed = 0;
  while (const auto page = co_await pages.next()) {
    // meanwhile the next page is on its way
    for (auto task : *page) failed += task["status"] == "FAILED" ? 1 : 0;
  }
  co_return failed;
}
//! [async]

TEST_F(ListingsGuide, Async) {
  EXPECT_EQ(run_async(count_failed(tc)), 2);
}

}  // namespace
