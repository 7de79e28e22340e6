// SPDX-License-Identifier: Apache-2.0
// Each listing of GCSClient over three pages, in every mode.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "globus_sdk/gcs/gcs_client.hpp"
#include "unit/core/call/paged_service.hpp"
#include "wire/gcs_modes.hpp"

namespace globus_sdk_test {
namespace {

using namespace globus_sdk;

/// Three pages: the last one has a marker as well, and the second no items.
RecordedAnswer listing(const Parameters& query) {
  const std::string marker = parameter(query, "marker");
  if (marker.empty()) {
    return {200, R"({"data": [{"id": "a"}, {"id": "b"}], "has_next_page": true, "marker": "m 1"})"};
  }
  if (marker == "m 1") return {200, R"({"data": [], "has_next_page": true, "marker": "m+2"})"};
  return {200, R"({"data": [{"id": "c"}], "has_next_page": false, "marker": "m3"})"};
}

template <class Mode> class GCSListings : public testing::Test {
 protected:
  auto client() const { return BasicGCSClient<Mode>(service_.connection()).paginated(); }

  /// The ids of the items of all pages.
  template <class AllPages> static std::vector<std::string> ids_of(const AllPages& pages) {
    std::vector<std::string> ids;
    if constexpr (std::is_same_v<Mode, Async>) {
      while (auto item = run_async(pages.next_item())) ids.push_back((*item)["id"].str());
    } else {
      for (const auto& item : pages.items()) ids.push_back(item["id"].str());
    }
    return ids;
  }

  /// Whether a walk over the pages asked for each with these parameters, and its marker.
  void expect_three_requests(const Parameters& each) {
    const auto queries = service_.queries();
    ASSERT_EQ(queries.size() % 3, 0U);
    for (const char* marker : {"", "m 1", "m+2"}) {
      Parameters expected = each;
      if (*marker != '\0') expected.emplace("marker", marker);
      EXPECT_EQ(queries.at(seen_++), expected);
    }
  }

  const std::vector<std::string> all{"a", "b", "c"};
  PagedService<Mode> service_{listing};
  std::size_t seen_ = 0;
};
TYPED_TEST_SUITE(GCSListings, Modes, ModeNames);

TYPED_TEST(GCSListings, GoOnByTheirMarkers) {
  const auto client = this->client();
  GetCollectionListOptions collections;
  collections.filter = {"mapped_collections", "created_by_me"};
  collections.page_size = 2;
  EXPECT_EQ(this->ids_of(client.get_collection_list(collections)), this->all);
  this->expect_three_requests({{"filter", "mapped_collections,created_by_me"}, {"page_size", "2"}});
  EXPECT_EQ(this->ids_of(client.get_storage_gateway_list()), this->all);
  this->expect_three_requests({});
  GCSGetRoleListOptions roles;
  roles.include = "all_roles";
  EXPECT_EQ(this->ids_of(client.get_role_list(roles)), this->all);
  this->expect_three_requests({{"include", "all_roles"}});
  EXPECT_EQ(this->ids_of(client.get_user_credential_list()), this->all);
  this->expect_three_requests({});
  EXPECT_EQ(this->ids_of(client.get_node_list()), this->all);
  this->expect_three_requests({});
}

TYPED_TEST(GCSListings, BeginWhereTheyAreToldTo) {
  GetNodeListOptions options;
  options.marker = "m+2";
  EXPECT_EQ(this->ids_of(this->client().get_node_list(options)), (std::vector<std::string>{"c"}));
  EXPECT_EQ(this->service_.queries().size(), 1U);
}

TEST(GCSListing, IsOnePageUnlessAllAreAskedFor) {
  const PagedService<Blocking> service(listing);
  std::vector<std::string> ids;
  for (auto item : GCSClient(service.connection()).get_collection_list())
    ids.push_back(item["id"].str());
  EXPECT_EQ(ids, (std::vector<std::string>{"a", "b"}));
  EXPECT_EQ(service.queries().size(), 1U);
}

}  // namespace
}  // namespace globus_sdk_test
