// SPDX-License-Identifier: Apache-2.0
#include "globus_sdk/auth/identity_map.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <optional>
#include <stdexcept>
#include <thread>
#include <vector>

#include "globus_sdk/authorizers/access_token_authorizer.hpp"
#include "globus_sdk/authorizers/renewing_authorizer.hpp"
#include "globus_sdk/core/errors.hpp"
#include "support/recording_server.hpp"
#include "unit/mistake.hpp"

namespace globus_sdk_test {
namespace {

using namespace globus_sdk;

// The map may forget an identity at any time.
template <class T>
concept Lasting = std::convertible_to<T, std::string_view>;
static_assert(!Lasting<decltype(std::declval<IdentityMap>()["id"]["username"])>);
static_assert(!Lasting<decltype((*std::declval<IdentityMap>().get("id"))["username"])>);

std::string id_of(int number) {
  const std::string digits = std::to_string(number);
  return "00000000-0000-4000-8000-" + std::string(12 - digits.size(), '0') + digits;
}
std::string username_of(int number) {
  return "user" + std::to_string(number) + "@example.org";
}

std::vector<std::string> ids_to(int end) {
  std::vector<std::string> ids;
  for (int number = 0; number < end; ++number) ids.push_back(id_of(number));
  return ids;
}

/// The identities 0 to 999: answers for those of them that the request names.
RecordedAnswer identities_in(const std::string& target) {
  std::string list;
  for (int number = 0; number < 1000; ++number) {
    // an encoded "@" or "," or the end follows each name
    const std::string username = "user" + std::to_string(number) + "%40";
    if (target.find(id_of(number)) == std::string::npos &&
        target.find("=" + username) == std::string::npos &&
        target.find("%2C" + username) == std::string::npos)
      continue;
    if (!list.empty()) list += ",";
    list += R"({"id": ")" + id_of(number) + R"(", "username": ")" + username_of(number) + R"("})";
  }
  return {200, R"({"identities": [)" + list + "]}", {{"Content-Type", "application/json"}}};
}

class IdentityMapTest : public testing::Test {
 protected:
  AuthClient client() const {
    ClientOptions options;
    options.base_url = server_.url();
    return AuthClient(AccessTokenAuthorizer("token"), options);
  }
  std::size_t requests() const { return server_.requests().size(); }

  std::atomic<bool> fails_{false};
  std::atomic<bool> hangs_{false};
  RecordingServer server_{[this](const RecordedRequest& request) {
    while (hangs_) std::this_thread::sleep_for(std::chrono::milliseconds(1));
    if (fails_) return RecordedAnswer{403, "{}"};
    return identities_in(request.target);
  }};
};

TEST_F(IdentityMapTest, LooksUpInBatches) {
  const IdentityMap map(client(), ids_to(250));
  for (int number = 0; number < 250; ++number) {
    EXPECT_EQ(map[id_of(number)]["username"], username_of(number));
  }
  EXPECT_EQ(requests(), 3u);
}

TEST_F(IdentityMapTest, KnowsAnIdentityByBothNames) {
  const IdentityMap map(client());
  EXPECT_EQ(map[id_of(7)]["username"], "user7@example.org");
  EXPECT_EQ(map["user7@example.org"]["id"], id_of(7));
  EXPECT_EQ(requests(), 1u);
}

TEST_F(IdentityMapTest, AsksForIdsAndUsernamesApart) {
  const IdentityMap map(client(), {id_of(1), "user2@example.org", id_of(3), "user4@example.org"});
  EXPECT_EQ(map["user2@example.org"]["id"], id_of(2));
  EXPECT_EQ(map[id_of(3)]["username"], "user3@example.org");
  EXPECT_EQ(map["user4@example.org"]["id"], id_of(4));
  EXPECT_EQ(map[id_of(1)]["username"], "user1@example.org");
  EXPECT_EQ(requests(), 2u);
}

TEST_F(IdentityMapTest, TakesEveryFormOfAnId) {
  const IdentityMap map(client());
  for (const char* id :
       {"00000000-0000-4000-8000-000000000012", "{00000000-0000-4000-8000-000000000012}",
        "urn:uuid:00000000-0000-4000-8000-000000000012", "00000000000040008000000000000012"}) {
    EXPECT_EQ(map[id]["username"], "user12@example.org") << id;
  }
  EXPECT_EQ(requests(), 1u);
}

TEST_F(IdentityMapTest, AddsEachNameOnce) {
  const IdentityMap map(client(), "user1@example.org");
  EXPECT_FALSE(map.add("user1@example.org"));
  EXPECT_TRUE(map.add("user2@example.org"));
  EXPECT_FALSE(map.add("user2@example.org"));
  map["user1@example.org"];
  EXPECT_FALSE(map.add("user2@example.org"));
  EXPECT_FALSE(map.add(id_of(2)));
  EXPECT_TRUE(map.add(id_of(3)));
  EXPECT_EQ(requests(), 1u);
}

TEST_F(IdentityMapTest, SaysWhatThereIsNot) {
  const IdentityMap map(client(), "user1@example.org");
  EXPECT_FALSE(map.get("nobody@example.org"));
  EXPECT_THROW(map["nobody@example.org"], JsonError);
  EXPECT_TRUE(map.get("user1@example.org"));
  EXPECT_EQ(requests(), 2u);
}

TEST_F(IdentityMapTest, ForgetsWhatItIsTold) {
  const IdentityMap map(client());
  map[id_of(1)];
  EXPECT_TRUE(map.erase("user1@example.org"));
  EXPECT_FALSE(map.erase(id_of(1)));
  map[id_of(1)];
  EXPECT_EQ(requests(), 2u);
}

TEST_F(IdentityMapTest, HasABatchSize) {
  const IdentityMap map(client(), ids_to(10), {.id_batch_size = 4});
  for (const std::string& id : ids_to(10)) map[id];
  EXPECT_EQ(requests(), 3u);
}

TEST_F(IdentityMapTest, SharesACache) {
  const auto cache = std::make_shared<IdentityCache>();
  const IdentityMap one(client(), {}, {.cache = cache});
  const IdentityMap other(client(), ids_to(3), {.cache = cache});
  one[id_of(1)];
  EXPECT_EQ(other[id_of(1)]["username"], "user1@example.org");
  EXPECT_EQ(requests(), 1u);
  EXPECT_EQ(other["user1@example.org"]["id"], id_of(1));
  other[id_of(2)];
  // of the three, the one that the cache had is not asked for again
  EXPECT_EQ(server_.requests().back().target.find(id_of(1)), std::string::npos);
  EXPECT_EQ(cache->size(), 3u);
}

/// A cache that is smaller than a batch loses what it has no room for, and nothing else goes wrong.
TEST_F(IdentityMapTest, IsBounded) {
  const auto cache = std::make_shared<IdentityCache>(2);
  const IdentityMap map(client(), ids_to(100), {.cache = cache});
  for (const std::string& id : ids_to(100)) EXPECT_EQ(map[id]["id"], id);
  EXPECT_EQ(cache->size(), 2u);
}

TEST_F(IdentityMapTest, CacheKeepsWhatWasUsedLast) {
  const auto cache = std::make_shared<IdentityCache>(2);
  const IdentityMap map(client(), {}, {.cache = cache});
  for (const int number : {1, 2, 1, 3}) map[id_of(number)];
  EXPECT_TRUE(cache->find(id_of(1)));
  EXPECT_FALSE(cache->find(id_of(2)));
  EXPECT_FALSE(cache->find("user2@example.org"));
  EXPECT_TRUE(cache->find("user3@example.org"));
}

/// Names that a failed request was to fetch are fetched by the next one, all in one batch.
TEST_F(IdentityMapTest, LosesNothingByAFailedRequest) {
  const IdentityMap map(client(), ids_to(50));
  fails_ = true;
  EXPECT_THROW(map[id_of(0)], AuthAPIError);
  fails_ = false;
  server_.clear();
  for (const std::string& id : ids_to(50)) EXPECT_EQ(map[id]["id"], id);
  EXPECT_EQ(requests(), 1u);
}

TEST_F(IdentityMapTest, ServesManyThreadsWithoutAskingTwice) {
  const IdentityMap map(client(), ids_to(400));
  std::atomic<int> right{0};
  std::vector<std::thread> threads;
  for (int thread = 0; thread < 8; ++thread) {
    threads.emplace_back([&, thread] {
      for (int step = 0; step < 400; ++step) {
        const int number = (step + thread * 50) % 400;
        if (map[id_of(number)]["username"] == username_of(number)) ++right;
      }
    });
  }
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(right, 8 * 400);
  std::size_t asked = 0;
  for (const auto& request : server_.requests()) {
    for (std::size_t at = 0; (at = request.target.find("-8000-", at)) != std::string::npos; ++at) {
      ++asked;
    }
  }
  EXPECT_EQ(asked, 400u);
}

/// One after another they would wait for the deadlines of all who came before.
TEST_F(IdentityMapTest, WhoWaitsForAnothersRequestKeepsItsOwnDeadline) {
  const IdentityMap map(client().with({.deadline = std::chrono::milliseconds(500)}));
  hangs_ = true;
  const auto begun = std::chrono::steady_clock::now();
  std::atomic<int> late{0};
  {
    std::vector<std::jthread> threads;
    for (int thread = 0; thread < 12; ++thread) {
      threads.emplace_back([&] {
        try {
          map[id_of(1)];
        } catch (const GlobusTimeoutError&) {
          ++late;
        }
      });
    }
  }
  EXPECT_EQ(late, 12);
  EXPECT_LT(std::chrono::steady_clock::now() - begun, std::chrono::seconds(5));
  hangs_ = false;
}

TEST_F(IdentityMapTest, ALookUpWithinItselfIsAMistake) {
  std::optional<IdentityMap> map;
  ClientOptions options;
  options.base_url = server_.url();
  const AuthClient asking(RenewingAuthorizer([&map]() -> OAuthTokenResponse {
                            map->get(id_of(1));
                            throw std::runtime_error("there is no such identity yet");
                          }),
                          options);
  map.emplace(asking.with({.deadline = std::chrono::seconds(5)}));
  EXPECT_THROW(map->get(id_of(1)), GlobusSDKUsageError);
}

TEST(BadInput, OfIdentityMap) {
  const Refused refused;
  const AuthClient client(AccessTokenAuthorizer("t"), refused.options());
  const IdentityMap map(client);
  EXPECT_TRUE(is_refused("identity_id", [&] { map.get(""); }));
  EXPECT_TRUE(is_refused("identity_id", [&] { map.add(""); }));
  EXPECT_TRUE(is_refused("identity_id", [&] { map.get("a@example.org,b@example.org"); }));
  EXPECT_TRUE(is_refused("identity_id", [&] { IdentityMap(client, {"a", ""}); }));
  EXPECT_TRUE(is_refused("id_batch_size", [&] { IdentityMap(client, {}, {.id_batch_size = 0}); }));
  EXPECT_TRUE(is_refused("limit", [] { IdentityCache(0); }));
}

}  // namespace
}  // namespace globus_sdk_test
