// SPDX-License-Identifier: Apache-2.0
// Locks on renewals: two storages stand for two hosts, which share nothing but the server.
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <thread>
#include <vector>

#include "postgres/postgres_fixture.hpp"
#include "support/relay.hpp"

namespace globus_sdk {
namespace {

using globus_sdk_test::PostgresTest;
using globus_sdk_test::Relay;
using globus_sdk_test::storage_error;
using std::chrono::milliseconds;
using std::chrono::seconds;
using std::chrono::steady_clock;
using testing::HasSubstr;

class PostgresLocks : public PostgresTest {
 protected:
  void SetUp() override {
    PostgresTest::SetUp();
    if (server != nullptr) storage().store_token_data_by_resource_server(stored_tokens("x"));
  }
  /// Ends the connections that have a lock, as when a host or the way to it breaks down.
  void lose_locks() const {
    sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE state = 'idle in "
        "transaction' AND datname = '" +
        database + "'");
    while (sql("SELECT count(*) FROM pg_stat_activity WHERE state = 'idle in transaction' AND "
               "datname = '" +
               database + "'") != "0") {
      std::this_thread::sleep_for(milliseconds(5));
    }
  }
  std::string renewals() const { return sql("SELECT count(*) FROM globus_sdk_renewals"); }
};

TEST_F(PostgresLocks, AreHeldByOneHostAtATime) {
  const auto a = storage();
  const auto b = storage();
  auto held = a.lock_renewal("x", seconds(5));
  EXPECT_THAT(storage_error([&] { b.lock_renewal("x", milliseconds(200)); }),
              HasSubstr("another host has been renewing the tokens of x for more than 200 ms"));
  EXPECT_THAT(storage_error([&] { a.lock_renewal("x", milliseconds(20)); }),
              HasSubstr("another thread"));
  EXPECT_NO_THROW(b.lock_renewal("y", seconds(5)));
  EXPECT_NO_THROW(b.in_namespace("other")->lock_renewal("x", seconds(5)));
  held.reset();
  EXPECT_NO_THROW(b.lock_renewal("x", seconds(5)));
}

TEST_F(PostgresLocks, GoFromHostToHost) {
  std::atomic<int> holders = 0;
  std::atomic<int> turns = 0;
  std::vector<std::jthread> threads;
  for (int host = 0; host < 4; ++host) {
    threads.emplace_back([&] {
      const auto mine = storage();
      std::vector<std::jthread> own;
      for (int thread = 0; thread < 2; ++thread) {
        own.emplace_back([&] {
          for (int i = 0; i < 10; ++i) {
            const auto lock = mine.lock_renewal("x", seconds(60));
            EXPECT_EQ(++holders, 1);
            ++turns;
            EXPECT_EQ(--holders, 0);
          }
        });
      }
    });
  }
  threads.clear();
  EXPECT_EQ(turns, 80);
}

TEST_F(PostgresLocks, OfAProcessThatEndsAreFree) {
  const pid_t child = fork();
  if (child == 0) {
    try {
      const auto held = storage().lock_renewal("x", seconds(5));
      _exit(0);
    } catch (...) {
      _exit(1);
    }
  }
  int status = 0;
  waitpid(child, &status, 0);
  EXPECT_EQ(status, 0);
  EXPECT_NO_THROW(storage().lock_renewal("x", seconds(5)));
}

/// Longer than the server waits for a host that says nothing.
TEST_F(PostgresLocks, StayAsLongAsTheirHolderLives) {
  const auto a = storage({.vanished_after = seconds(3)});
  auto held = a.lock_renewal("x", seconds(5));
  std::this_thread::sleep_for(milliseconds(4500));
  EXPECT_THAT(storage_error([&] { storage().lock_renewal("x", milliseconds(100)); }),
              HasSubstr("another host"));
  EXPECT_NO_THROW(a.store_token_data_by_resource_server({}));
  a.store_token_data_by_resource_server(stored_tokens("x", "second"));
  held.reset();
  EXPECT_EQ(storage().get_token_data("x"), stored_token("x", "second"));
  EXPECT_NO_THROW(storage().lock_renewal("x", seconds(5)));
}

TEST_F(PostgresLocks, OfAHostThatVanishesAreFreeAfterAWhile) {
  Relay relay(server->port());
  const PostgresTokenStorage a(server->url_through(relay.port(), database),
                               {.vanished_after = seconds(1)});
  const auto held = a.lock_renewal("x", seconds(5));
  relay.freeze();
  const auto b = storage();
  const auto begin = steady_clock::now();
  EXPECT_NO_THROW(b.lock_renewal("x", seconds(30)));
  EXPECT_GT(steady_clock::now() - begin, milliseconds(300)) << "it was held until then";
  relay.heal();
  EXPECT_THAT(storage_error([&] { a.store_token_data_by_resource_server({}); }),
              HasSubstr("was lost"));
}

TEST_F(PostgresLocks, ThatAreLostLetNothingBeOverwritten) {
  const auto a = storage();
  const auto b = storage();
  {
    const auto held = a.lock_renewal("x", seconds(5));
    lose_locks();
    {
      const auto taken_over = b.lock_renewal("x", seconds(5));
      b.store_token_data_by_resource_server(stored_tokens("x", "of-b"));
    }
    EXPECT_THAT(storage_error([&] { a.store_token_data_by_resource_server({}); }),
                HasSubstr("was lost"));
    EXPECT_THAT(storage_error([&] {
                  a.store_token_data_by_resource_server(
                      {{"x", stored_token("x", "of-a")}, {"y", stored_token("y")}});
                }),
                HasSubstr("another program has stored or removed the token for x"));
    EXPECT_EQ(a.get_token_data("x"), stored_token("x", "of-b"));
    EXPECT_EQ(a.get_token_data("y"), std::nullopt);
  }
  a.store_token_data_by_resource_server(stored_tokens("x", "later"));
  EXPECT_EQ(b.get_token_data("x"), stored_token("x", "later")) << "without a lock, as a login does";
}

TEST_F(PostgresLocks, ThatAreLostLetTheirHolderStoreWhereNobodyElseHas) {
  const auto a = storage();
  const auto held = a.lock_renewal("x", seconds(5));
  lose_locks();
  const auto taken_over = storage().lock_renewal("x", seconds(5));
  a.store_token_data_by_resource_server(stored_tokens("x", "of-a"));
  a.store_token_data_by_resource_server(stored_tokens("x", "of-a-again"));
  EXPECT_EQ(a.get_token_data("x"), stored_token("x", "of-a-again"));
}

TEST_F(PostgresLocks, LetTheirHolderReplaceNoLoginAndNoRemoval) {
  const auto a = storage();
  const auto other_host = storage();
  {
    const auto held = a.lock_renewal("x", seconds(5));
    std::jthread login([&] { a.store_token_data_by_resource_server(stored_tokens("x", "login")); });
    login.join();
    EXPECT_THAT(storage_error(
                    [&] { a.store_token_data_by_resource_server(stored_tokens("x", "renewed")); }),
                HasSubstr("another program"));
    EXPECT_EQ(a.get_token_data("x"), stored_token("x", "login"));
  }
  const auto held = a.lock_renewal("x", seconds(5));
  EXPECT_TRUE(other_host.remove_token_data("x"));
  EXPECT_THAT(
      storage_error([&] { a.store_token_data_by_resource_server(stored_tokens("x", "renewed")); }),
      HasSubstr("another program"));
  EXPECT_EQ(a.get_token_data("x"), std::nullopt);
}

TEST_F(PostgresLocks, LeaveNothingOfAUserWhoIsDeleted) {
  const auto mine = storage();
  { const auto held = mine.lock_renewal("x", seconds(5)); }
  EXPECT_EQ(renewals(), "1");
  EXPECT_EQ(mine.remove_namespace("DEFAULT"), 1U);
  EXPECT_EQ(renewals(), "0");
  mine.store_token_data_by_resource_server(stored_tokens("x"));
  {
    const auto held = mine.lock_renewal("x", seconds(5));
    EXPECT_EQ(mine.remove_namespace("DEFAULT"), 1U) << "which waits for no lock";
  }
  EXPECT_EQ(renewals(), "0");
}

/// With as many renewals under way as there can be, what came of them is stored all the same.
TEST_F(PostgresLocks, LeaveConnectionsForStoring) {
  const auto mine = storage({.max_connections = 4});
  std::vector<std::jthread> threads;
  std::atomic<int> renewed = 0;
  for (int i = 0; i < 12; ++i) {
    threads.emplace_back([&, i] {
      const auto user = mine.in_namespace(std::to_string(i));
      const auto held = user->lock_renewal("x", seconds(60));
      std::this_thread::sleep_for(milliseconds(30));
      user->store_token_data_by_resource_server({});
      user->store_token_data_by_resource_server(stored_tokens("x"));
      ++renewed;
    });
  }
  threads.clear();
  EXPECT_EQ(renewed, 12);
  EXPECT_EQ(mine.iter_namespaces().size(), 13U);
}

TEST_F(PostgresLocks, ThatCannotAllBeHadSaySo) {
  const auto mine = storage({.max_connections = 2});
  const auto held = mine.lock_renewal("x", seconds(5));
  EXPECT_THAT(storage_error([&] { mine.lock_renewal("y", milliseconds(100)); }),
              HasSubstr("max_connections"));
  EXPECT_EQ(mine.get_token_data("x"), stored_token("x"));
}

}  // namespace
}  // namespace globus_sdk
