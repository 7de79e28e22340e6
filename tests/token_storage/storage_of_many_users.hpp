// SPDX-License-Identifier: Apache-2.0
// The tokens of many users in one storage: what every such storage does. A test program names the
// storages by INSTANTIATE_TYPED_TEST_SUITE_P; each is told by a class with `storage()`, an
// object of the storage of this test, and `why_not()`, why there can be none.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <functional>
#include <string>
#include <thread>
#include <vector>

#include "globus_sdk/core/errors.hpp"
#include "globus_sdk/token_storage/errors.hpp"
#include "globus_sdk/token_storage/multi_user_token_storage.hpp"
#include "token_storage/stored_tokens.hpp"

namespace globus_sdk {

using testing::ElementsAre;
using testing::IsEmpty;

inline TokenStorageDataByResourceServer expiring(const std::string& resource_server,
                                                 std::int64_t expires_at_seconds) {
  auto data = stored_token(resource_server);
  data.expires_at_seconds = expires_at_seconds;
  return {{resource_server, data}};
}

inline TokenExpiry expiry(const std::string& name, const std::string& resource_server,
                          std::int64_t expires_at_seconds) {
  return {name, resource_server, expires_at_seconds};
}

template <class Place> class StorageOfManyUsers : public testing::Test {
 protected:
  void SetUp() override {
    if (const std::string why = place.why_not(); !why.empty()) GTEST_SKIP() << why;
  }
  void store(const std::string& name, const TokenStorageDataByResourceServer& tokens) const {
    storage.in_namespace(name)->store_token_data_by_resource_server(tokens);
  }

  Place place{};
  decltype(place.storage()) storage = place.storage();
};
TYPED_TEST_SUITE_P(StorageOfManyUsers);

TYPED_TEST_P(StorageOfManyUsers, IsEmptyAtFirst) {
  EXPECT_THAT(this->storage.iter_namespaces(), IsEmpty());
  EXPECT_THAT(this->storage.tokens_by_expiry(), IsEmpty());
  EXPECT_EQ(this->storage.remove_namespace("a"), 0U);
}

TYPED_TEST_P(StorageOfManyUsers, KeepsTheTokensOfEachUserApart) {
  const auto a = this->storage.in_namespace("a");
  const auto b = a->in_namespace("b");
  EXPECT_EQ(a->namespace_(), "a");
  EXPECT_EQ(b->namespace_(), "b");
  a->store_token_data_by_resource_server(stored_tokens("x", "of-a"));
  b->store_token_data_by_resource_server(stored_tokens("x", "of-b"));
  EXPECT_EQ(a->get_token_data("x"), stored_token("x", "of-a"));
  EXPECT_EQ(this->storage.in_namespace("b")->get_token_data("x"), stored_token("x", "of-b"));
  EXPECT_EQ(this->storage.get_token_data("x"), std::nullopt) << "DEFAULT is a namespace of its own";
  EXPECT_TRUE(a->remove_token_data("x"));
  EXPECT_EQ(a->get_token_data("x"), std::nullopt);
  EXPECT_EQ(b->get_token_data("x"), stored_token("x", "of-b"));
}

TYPED_TEST_P(StorageOfManyUsers, OutlivesTheObjectThatItWasMadeOf) {
  std::shared_ptr<const MultiUserTokenStorage> view;
  {
    const auto first = this->place.storage();
    view = first.in_namespace("a");
  }
  view->store_token_data_by_resource_server(stored_tokens("x"));
  EXPECT_EQ(view->get_token_data("x"), stored_token("x"));
}

TYPED_TEST_P(StorageOfManyUsers, ListsNamespacesByTheirBytesAndInPages) {
  const std::vector<std::string> names{"B", "a", "aa", "b", "\xC3\xA9", "a b", "Z"};
  for (const auto& name : names) this->store(name, stored_tokens("x"));
  this->store("a", stored_tokens("y"));
  const auto all = this->storage.iter_namespaces();
  EXPECT_THAT(all, ElementsAre("B", "Z", "a", "a b", "aa", "b", "\xC3\xA9"));
  EXPECT_THAT(this->storage.in_namespace("a")->iter_namespaces({.limit = 2}),
              ElementsAre("B", "Z"));
  EXPECT_THAT(this->storage.iter_namespaces({.after = "Z", .limit = 3}),
              ElementsAre("a", "a b", "aa"));
  EXPECT_THAT(this->storage.iter_namespaces({.after = "Y"}),
              ElementsAre("Z", "a", "a b", "aa", "b", "\xC3\xA9"));
  EXPECT_THAT(this->storage.iter_namespaces({.after = "\xC3\xA9"}), IsEmpty());
  EXPECT_THAT(this->storage.iter_namespaces({.limit = 0}), IsEmpty());

  std::vector<std::string> walked;
  for (NamespacePage page{.limit = 2};;) {
    const auto more = this->storage.iter_namespaces(page);
    if (more.empty()) break;
    walked.insert(walked.end(), more.begin(), more.end());
    page.after = more.back();
  }
  EXPECT_EQ(walked, all);
}

TYPED_TEST_P(StorageOfManyUsers, ForgetsANamespaceWithoutTokens) {
  this->store("a", stored_tokens("x"));
  EXPECT_TRUE(this->storage.in_namespace("a")->remove_token_data("x"));
  this->store("b", {});
  EXPECT_THAT(this->storage.iter_namespaces(), IsEmpty());
}

TYPED_TEST_P(StorageOfManyUsers, DeletesAUserAndNobodyElse) {
  for (const auto* name : {"a", "b"}) {
    for (const auto* resource_server : {"x", "y"}) {
      this->store(name, stored_tokens(resource_server));
    }
  }
  EXPECT_EQ(this->storage.remove_namespace("a"), 2U);
  EXPECT_EQ(this->storage.remove_namespace("a"), 0U);
  EXPECT_THAT(this->storage.iter_namespaces(), ElementsAre("b"));
  EXPECT_THAT(this->storage.in_namespace("a")->get_token_data_by_resource_server(), IsEmpty());
  EXPECT_EQ(this->storage.in_namespace("b")->get_token_data_by_resource_server().size(), 2U);
}

TYPED_TEST_P(StorageOfManyUsers, TellsWhatExpiresWhenInPages) {
  this->store("b", expiring("x", 300));
  this->store("a", expiring("y", 200));
  this->store("b", expiring("w", 200));
  this->store("a", expiring("x", 200));
  this->store("c", expiring("x", -5));
  this->store("d", expiring("x", 9'000'000'000));
  const std::vector<TokenExpiry> all{expiry("c", "x", -5),  expiry("a", "x", 200),
                                     expiry("a", "y", 200), expiry("b", "w", 200),
                                     expiry("b", "x", 300), expiry("d", "x", 9'000'000'000)};
  EXPECT_EQ(this->storage.tokens_by_expiry(), all);
  EXPECT_EQ(this->storage.tokens_by_expiry({.before = 300}).size(), 4U);
  EXPECT_EQ(this->storage.tokens_by_expiry({.before = 301}).size(), 5U);
  EXPECT_THAT(this->storage.tokens_by_expiry({.limit = 0}), IsEmpty());
  EXPECT_THAT(this->storage.tokens_by_expiry({.after = all[2], .limit = 2}),
              ElementsAre(all[3], all[4]));
  EXPECT_THAT(this->storage.tokens_by_expiry({.before = 300, .after = all[2]}),
              ElementsAre(all[3]));

  std::vector<TokenExpiry> walked;
  for (ExpiryPage page{.limit = 2};;) {
    const auto more = this->storage.in_namespace("a")->tokens_by_expiry(page);
    if (more.empty()) break;
    walked.insert(walked.end(), more.begin(), more.end());
    page.after = more.back();
  }
  EXPECT_EQ(walked, all);
}

TYPED_TEST_P(StorageOfManyUsers, RefusesBadInput) {
  const auto refused = [](const std::string& named, const std::function<void()>& action) {
    try {
      action();
      ADD_FAILURE() << named << " was accepted";
    } catch (const GlobusSDKUsageError& error) {
      EXPECT_THAT(error.what(), testing::HasSubstr(named));
    }
  };
  refused("namespace_", [this] { this->storage.in_namespace(""); });
  refused("limit", [this] { this->storage.iter_namespaces({.limit = -1}); });
  refused("limit", [this] { this->storage.tokens_by_expiry({.limit = -1}); });
}

TYPED_TEST_P(StorageOfManyUsers, LocksTheRenewalsOfEachUserApart) {
  const auto a = this->storage.in_namespace("a");
  const auto b = this->storage.in_namespace("b");
  const auto held = a->lock_renewal("x", std::chrono::seconds(1));
  EXPECT_NO_THROW(b->lock_renewal("x", std::chrono::seconds(1)));
  EXPECT_THROW(this->storage.in_namespace("a")->lock_renewal("x", std::chrono::milliseconds(20)),
               TokenStorageError);
}

TYPED_TEST_P(StorageOfManyUsers, LosesNothingOfWhatManyThreadsStore) {
  constexpr int users = 4;
  constexpr int tokens = 10;
  std::vector<std::jthread> threads;
  for (int user = 0; user < users; ++user) {
    threads.emplace_back([this, user] {
      const auto mine = this->storage.in_namespace("user-" + std::to_string(user));
      for (int i = 0; i < tokens; ++i) {
        mine->store_token_data_by_resource_server(expiring("rs-" + std::to_string(i), i));
        EXPECT_EQ(mine->get_token_data_by_resource_server().size(),
                  static_cast<std::size_t>(i + 1));
        EXPECT_FALSE(this->storage.iter_namespaces().empty());
      }
    });
  }
  threads.clear();
  EXPECT_EQ(this->storage.iter_namespaces().size(), static_cast<std::size_t>(users));
  EXPECT_EQ(this->storage.tokens_by_expiry().size(), static_cast<std::size_t>(users * tokens));
}

REGISTER_TYPED_TEST_SUITE_P(StorageOfManyUsers, IsEmptyAtFirst, KeepsTheTokensOfEachUserApart,
                            OutlivesTheObjectThatItWasMadeOf, ListsNamespacesByTheirBytesAndInPages,
                            ForgetsANamespaceWithoutTokens, DeletesAUserAndNobodyElse,
                            TellsWhatExpiresWhenInPages, RefusesBadInput,
                            LocksTheRenewalsOfEachUserApart, LosesNothingOfWhatManyThreadsStore);

}  // namespace globus_sdk
