// SPDX-License-Identifier: Apache-2.0
// What docs/guide/search.md shows beside its first program, run against recorded answers.
#include <gtest/gtest.h>

#include <chrono>
#include <globus_sdk/globus_sdk.hpp>
#include <iostream>
#include <sstream>
#include <string>
#include <thread>

#include "support/recorded_answers.hpp"
#include "support/recording_server.hpp"

using namespace globus_sdk;
using globus_sdk_test::find_recorded_answer;
using globus_sdk_test::RecordedAnswer;
using globus_sdk_test::RecordedRequest;
using globus_sdk_test::RecordingServer;

namespace {

const std::string known_index = "6f831ac8-4c41-4812-b383-6fb04f8b9f9f";
const std::string task_id = "49869cb5-4fca-4f19-bbb6-8b0a18bd1f95";

/// What Search answers: as recorded, and where nothing was recorded an empty page of results.
RecordedAnswer answer(const RecordedRequest& request) {
  const std::string path = request.target.substr(0, request.target.find('?'));
  if (path.ends_with("/scroll")) {
    return {.body = R"({"gmeta": [{"subject": "a", "entries": []}], "has_next_page": false})"};
  }
  if (path.find("/v1/task/") == 0) {
    return find_recorded_answer({{"answer_of", "search search"}, {"path", "/v1/task/" + task_id}})
        .value();
  }
  return find_recorded_answer(
             {{"answer_of", "search search"}, {"method", request.method}, {"path", path}})
      .value();
}

struct SearchGuide : testing::Test {
  /// What was written to std::cout and std::cerr.
  std::string written() const { return out.str() + errors.str(); }

  void SetUp() override {
    cout = std::cout.rdbuf(out.rdbuf());
    cerr = std::cerr.rdbuf(errors.rdbuf());
  }
  void TearDown() override {
    std::cout.rdbuf(cout);
    std::cerr.rdbuf(cerr);
  }

  RecordingServer server{answer};
  SearchClient sc{AccessTokenAuthorizer{"a token"}, ClientOptions{.base_url = server.url()}};
  std::ostringstream out;
  std::ostringstream errors;
  std::streambuf* cout = nullptr;
  std::streambuf* cerr = nullptr;
};

TEST_F(SearchGuide, Query) {
  const std::string& index_id = known_index;
  //! [query]
  const SearchQueryV1 query(
      {.q = "salsa",
       .limit = 50,
       .filters = {{{"type", "match_any"},
                    {"field_name", "cuisine"},
                    {"values", Json::array({"mexican", "spanish"})}}},
       .facets = {{{"name", "Books"}, {"type", "terms"}, {"field_name", "origin.title"}}},
       .sort = {{{"field_name", "handle"}, {"order", "asc"}}}});

  const auto page = sc.post_search(index_id, query);
  std::cout << page["count"] << " of " << page["total"] << '\n';

  for (auto result : sc.paginated().post_search(index_id, query).items())
    std::cout << result["subject"] << '\n';
  //! [query]
  EXPECT_EQ(written(), "1 of 1\nhttps://en.wikipedia.org/wiki/Salsa_verde\n");
  ASSERT_EQ(server.requests().size(), 2u);
  EXPECT_EQ(Json::parse(server.requests()[0].body), query.document());
  EXPECT_EQ(query.document().view()["filters"][0]["values"][1], "spanish");
  EXPECT_EQ(query.document().view()["facets"].size(), 1u);
}

TEST_F(SearchGuide, Scroll) {
  const std::string& index_id = known_index;
  //! [scroll]
  for (auto result : sc.paginated().scroll(index_id, {{"q", "*"}, {"limit", 1000}}).items())
    std::cout << result["subject"] << '\n';
  //! [scroll]
  EXPECT_EQ(written(), "a\n");
  EXPECT_EQ(Json::parse(server.requests().at(0).body), (Json{{"q", "*"}, {"limit", 1000}}));
}

TEST_F(SearchGuide, Ingest) {
  const std::string& index_id = known_index;
  //! [ingest]
  const auto accepted =
      sc.ingest(index_id, {{"ingest_type", "GMetaEntry"},
                           {"ingest_data",
                            {{"subject", "https://example.org/recipes/salsa-verde"},
                             {"visible_to", Json::array({"public"})},
                             {"content", {{"title", "Salsa verde"}, {"cuisine", "mexican"}}}}}});

  auto task = sc.get_task(accepted["task_id"]);
  while (task["state"] != "SUCCESS" && task["state"] != "FAILED") {
    std::this_thread::sleep_for(5s);
    task = sc.get_task(accepted["task_id"]);
  }
  std::cout << task["state"] << ": " << task["state_description"] << '\n';
  //! [ingest]
  EXPECT_EQ(written(), "SUCCESS: <text>\n");
  EXPECT_EQ(Json::parse(server.requests().at(0).body), Json::parse(R"({
    "ingest_type": "GMetaEntry",
    "ingest_data": {"subject": "https://example.org/recipes/salsa-verde", "visible_to": ["public"],
                    "content": {"title": "Salsa verde", "cuisine": "mexican"}}})"));
}

TEST_F(SearchGuide, Errors) {
  const std::string index_id = "2ac1f660-298b-432f-89ae-c1299ad4233e";
  const Json document = {{"ingest_type", "GMetaEntry"}};
  //! [errors]
  try {
    sc.ingest(index_id, document);
  } catch (const SearchAPIError& error) {
    std::cerr << error.code() << ": " << error.message() << '\n';
    if (const auto data = error.error_data()) std::cerr << *data << '\n';
  }
  //! [errors]
  EXPECT_EQ(written(),
            "BadRequest.ValidationError: <text>\n"
            R"({"messages":{"json":{"ingest_data":{"visible_to":["<text>"]}}}})"
            "\n");
}

}  // namespace
