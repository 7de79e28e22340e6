// SPDX-License-Identifier: Apache-2.0
#include "globus_sdk/search/search_client.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "globus_sdk/core/errors.hpp"
#include "support/simulated_mode.hpp"

namespace globus_sdk {
namespace {

using Client = BasicSearchClient<Simulated>;

/// What a client of Search throws for an answer.
SearchAPIError error_of(const std::string& body, int status = 400) {
  auto [connection, simulation] = simulate(detail::service_of<SearchClient>);
  simulation->answer = in_turn({simulated_answer(status, body)});
  try {
    Client(connection).get_index("i");
  } catch (const SearchAPIError& error) {
    return error;
  }
  throw std::runtime_error("the client took the answer for a good one");
}

TEST(SearchAPIError, HasWhatTheServiceSaysOfTheError) {
  const auto error = error_of(R"({
    "@datatype": "GError", "@version": "2017-09-01", "status": 400, "request_id": "r",
    "code": "BadRequest.ValidationError", "message": "no",
    "error_data": {"messages": {"json": {"ingest_data": ["missing"]}}}})");
  EXPECT_EQ(error.code(), "BadRequest.ValidationError");
  EXPECT_EQ(error.request_id(), "r");
  ASSERT_TRUE(error.error_data());
  EXPECT_EQ((*error.error_data())["messages"]["json"]["ingest_data"][0], "missing");
}

TEST(SearchAPIError, MayHaveAnyKindOfErrorData) {
  const auto list = error_of(R"({"code": "c", "error_data": ["a", "b"]})");
  ASSERT_TRUE(list.error_data());
  EXPECT_EQ(list.error_data()->size(), 2u);
  const auto text = error_of(R"({"code": "c", "error_data": "a"})");
  ASSERT_TRUE(text.error_data());
  EXPECT_EQ(*text.error_data(), "a");
}

TEST(SearchAPIError, MayHaveNoErrorData) {
  for (const char* body : {R"({"code": "c"})", R"({"code": "c", "error_data": null})",
                           R"(["error_data"])", "<html>", ""}) {
    EXPECT_FALSE(error_of(body).error_data()) << body;
  }
}

TEST(SimulatedSearch, AListOfIndicesIsARange) {
  auto [connection, simulation] = simulate(detail::service_of<SearchClient>);
  simulation->answer =
      in_turn({simulated_answer(200, R"({"index_list": [{"id": "a"}, {"id": "b"}]})")});
  std::vector<std::string> ids;
  for (const auto& index : Client(connection).index_list()) ids.push_back(index["id"]);
  EXPECT_EQ(ids, (std::vector<std::string>{"a", "b"}));
}

TEST(SimulatedSearch, RolesMayBeEnumeratorsOrTexts) {
  auto [connection, simulation] = simulate(detail::service_of<SearchClient>);
  simulation->answer = in_turn({simulated_answer(200)});
  const Client client(connection);
  client.index_list({.filter_roles = SearchIndexRole::writer});
  client.index_list({.filter_roles = {SearchIndexRole::owner, "curator"}});
  client.index_list({.filter_roles = Strings()});
  ASSERT_EQ(simulation->requests.size(), 3u);
  EXPECT_TRUE(simulation->requests[0].url.ends_with("/v1/index_list?filter_roles=writer"));
  EXPECT_TRUE(simulation->requests[1].url.ends_with("?filter_roles=owner%2Ccurator"));
  EXPECT_TRUE(simulation->requests[2].url.ends_with("?filter_roles="));
}

TEST(SearchQueryV1, HasFiltersFacetsBoostsAndAnOrder) {
  const SearchQueryV1 query(
      {.q = "café",
       .filters = {{{"type", "match_any"}, {"field_name", "kind"}, {"values", {"a", "b"}}}},
       .facets = {{{"name", "Kind"}, {"type", "terms"}}},
       .boosts = {{{"field_name", "title"}, {"factor", 2}}},
       .sort = {{{"field_name", "year"}, {"order", "asc"}}},
       .additional_fields = {{"bypass_visible_to", true}, {"q", "*"}}});
  EXPECT_EQ(query.document(), Json::parse(R"({
    "@version": "query#1.0.0", "q": "*",
    "filters": [{"type": "match_any", "field_name": "kind", "values": ["a", "b"]}],
    "facets": [{"name": "Kind", "type": "terms"}],
    "boosts": [{"field_name": "title", "factor": 2}],
    "sort": [{"field_name": "year", "order": "asc"}],
    "bypass_visible_to": true})"));
}

/// The body of the only request.
Json body_of(const Simulation& simulation) {
  EXPECT_EQ(simulation.requests.size(), 1u);
  return Json::parse(simulation.requests.at(0).body.value());
}

TEST(SimulatedSearch, OptionsStandInPlaceOfWhatAQuerySays) {
  auto [connection, simulation] = simulate(detail::service_of<SearchClient>);
  simulation->answer = in_turn({simulated_answer(200)});
  const SearchQueryV1 query({.q = "x", .limit = 5, .offset = 10});
  Client(connection).post_search("i", query, {.offset = 0, .limit = 2});
  EXPECT_EQ(body_of(*simulation), Json::parse(R"({
    "@version": "query#1.0.0", "q": "x", "limit": 2, "offset": 0})"));
  EXPECT_EQ(query.document().view()["limit"], 5) << "the caller's own query";
}

TEST(SimulatedSearch, AMarkerStandsInPlaceOfThatOfTheQuery) {
  auto [connection, simulation] = simulate(detail::service_of<SearchClient>);
  simulation->answer = in_turn({simulated_answer(200)});
  Client(connection).scroll("i", SearchScrollQuery({.q = "*", .marker = "a"}), {.marker = "b"});
  EXPECT_EQ(body_of(*simulation), Json::parse(R"({"q": "*", "marker": "b"})"));
}

TEST(SimulatedSearch, OneSubjectMayStandForAList) {
  auto [connection, simulation] = simulate(detail::service_of<SearchClient>);
  simulation->answer = in_turn({simulated_answer(200)});
  Client(connection)
      .batch_delete_by_subject("i", "https://example.org/ü",
                               {.additional_params = {{"subjects_of", "x"}}});
  EXPECT_EQ(body_of(*simulation),
            Json::parse(R"({"subjects": ["https://example.org/ü"], "subjects_of": "x"})"));
}

/// How often a call is sent when the service breaks down once.
template <class Call> std::size_t times_sent(Call call) {
  auto [connection, simulation] = simulate(detail::service_of<SearchClient>);
  simulation->answer = in_turn({simulated_answer(502), simulated_answer(200)});
  try {
    call(Client(connection));
  } catch (const SearchAPIError& error) {
    EXPECT_EQ(error.http_status(), 502);
  }
  return simulation->requests.size();
}

TEST(SimulatedSearch, WhatIsDoneOnlyOnceIsSentAgain) {
  const Json document = {{"q", "x"}};
  const auto sent_again = [](auto call) { return times_sent(call) == 2; };
  EXPECT_TRUE(sent_again([&](const Client& client) { client.post_search("i", document); }));
  EXPECT_TRUE(sent_again([&](const Client& client) { client.scroll("i", document); }));
  EXPECT_TRUE(sent_again([&](const Client& client) { client.update_index("i"); }));
}

TEST(SimulatedSearch, WhatWouldBeDoneTwiceIsNotSentAgain) {
  const Json document = {{"q", "x"}};
  const auto sent_once = [](auto call) { return times_sent(call) == 1; };
  EXPECT_TRUE(sent_once([&](const Client& client) { client.ingest("i", document); }));
  EXPECT_TRUE(sent_once([&](const Client& client) { client.delete_by_query("i", document); }));
  EXPECT_TRUE(sent_once([&](const Client& client) { client.batch_delete_by_subject("i", "s"); }));
  EXPECT_TRUE(sent_once([&](const Client& client) { client.create_index("n", "d"); }));
  EXPECT_TRUE(sent_once([&](const Client& client) { client.reopen_index("i"); }));
  EXPECT_TRUE(sent_once([&](const Client& client) { client.create_role("i", document); }));
}

}  // namespace
}  // namespace globus_sdk
