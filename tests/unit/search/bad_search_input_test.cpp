// SPDX-License-Identifier: Apache-2.0
// As bad_input_test.cpp, for Search: what stands in a body.
#include <gtest/gtest.h>

#include "globus_sdk/async.hpp"
#include "globus_sdk/authorizers/access_token_authorizer.hpp"
#include "globus_sdk/search/search_client.hpp"
#include "unit/mistake.hpp"

namespace globus_sdk_test {
namespace {

using namespace globus_sdk;

template <class Client> std::vector<Mistake<Client>> search_documents() {
  const auto with = [](const Json& document, auto call) {
    return [document, call](const Client& client) { return call(client, document); };
  };
  const auto post = [](const Client& client, const Json& data) {
    return client.post_search("i", data);
  };
  const auto scroll = [](const Client& client, const Json& data) {
    return client.scroll("i", data);
  };
  return {
      {"data", with("text", post)},
      {"data", with(Json::array(), post)},
      {"data", with(nullptr, scroll)},
      {"data", with(7, scroll)},
      {"additional_params",
       [](const Client& client) {
         BatchDeleteBySubjectOptions options;
         options.additional_params = Json::array();
         return client.batch_delete_by_subject("i", "s", options);
       }},
  };
}

template <class Client> std::vector<Mistake<Client>> search_numbers() {
  const auto posts = [](auto set) {
    return [set](const Client& client) {
      const Json query = {{"q", "x"}};
      PostSearchOptions options;
      set(options);
      return client.post_search("i", query, options);
    };
  };
  return {
      {"limit", posts([](auto& options) { options.limit = -1; })},
      {"offset", posts([](auto& options) { options.offset = -1; })},
  };
}

TEST(BadInput, OfSearchClient) {
  using AsyncClient = BasicSearchClient<Async>;
  const Refused refused;
  const SearchClient client(AccessTokenAuthorizer("t"), refused.options());
  const AsyncClient other = client.async();
  expect_refused(client, search_documents<SearchClient>());
  expect_refused(other, search_documents<AsyncClient>());
  expect_refused(client, search_numbers<SearchClient>());
  expect_refused(other, search_numbers<AsyncClient>());
}

TEST(BadInput, OfSearchQueries) {
  EXPECT_TRUE(is_refused("limit", [] { SearchQueryV1({.limit = -1}); }));
  EXPECT_TRUE(is_refused("offset", [] { SearchQueryV1({.offset = -1}); }));
  EXPECT_TRUE(is_refused("additional_fields", [] { SearchQueryV1({.additional_fields = "x"}); }));
  EXPECT_TRUE(is_refused("limit", [] { SearchScrollQuery({.limit = -1}); }));
}

}  // namespace
}  // namespace globus_sdk_test
