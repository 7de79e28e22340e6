// SPDX-License-Identifier: Apache-2.0
// A server that stops, freezes, or is cut off: each call ends in its time, and what is stored is
// known to be stored.
#include <thread>
#include <vector>

#include "postgres/postgres_fixture.hpp"
#include "support/relay.hpp"

namespace globus_sdk {
namespace {

using globus_sdk_test::PostgresServer;
using globus_sdk_test::PostgresTest;
using globus_sdk_test::Relay;
using globus_sdk_test::storage_error;
using std::chrono::milliseconds;
using std::chrono::seconds;
using std::chrono::steady_clock;
using testing::HasSubstr;

struct PostgresFaults : PostgresTest {
  /// Any wait of a call ends long before.
  static constexpr seconds bound{20};
};

TEST_F(PostgresFaults, OfAServerThatRestartsAreNotSeen) {
  PostgresServer own;
  const PostgresTokenStorage mine(own.new_database());
  mine.store_token_data_by_resource_server(stored_tokens("x"));
  for (const auto how : {PostgresServer::Stop::fast, PostgresServer::Stop::immediate}) {
    own.stop(how);
    std::optional<TokenStorageData> found;
    std::jthread meanwhile([&] { found = mine.get_token_data("x"); });
    std::this_thread::sleep_for(milliseconds(300));
    own.start();
    meanwhile.join();
    EXPECT_EQ(found, stored_token("x"));
    mine.store_token_data_by_resource_server(stored_tokens("x"));
  }
}

TEST_F(PostgresFaults, OfAServerThatIsGoneAreErrorsInTime) {
  PostgresServer own;
  const PostgresTokenStorage mine(own.new_database(), {.connect_timeout = milliseconds(300),
                                                       .statement_timeout = milliseconds(300)});
  mine.store_token_data_by_resource_server(stored_tokens("x"));
  own.stop();
  const auto begin = steady_clock::now();
  EXPECT_THAT(storage_error([&] { mine.get_token_data("x"); }), HasSubstr("cannot be reached"));
  EXPECT_THAT(storage_error([&] { mine.lock_renewal("x", milliseconds(300)); }),
              HasSubstr("cannot be reached"));
  EXPECT_LT(steady_clock::now() - begin, bound);
}

TEST_F(PostgresFaults, OfAServerThatIsFrozenAreErrorsInTime) {
  Relay relay(server->port());
  const PostgresTokenStorage mine(
      server->url_through(relay.port(), database),
      {.connect_timeout = milliseconds(300), .statement_timeout = milliseconds(300)});
  mine.store_token_data_by_resource_server(stored_tokens("x"));
  auto held = mine.lock_renewal("y", seconds(5));
  relay.freeze();
  // whichever time is over first, where the machine is busy
  const auto says_no_answer = testing::AnyOf(HasSubstr("does not answer"), HasSubstr("in time"));
  const auto begin = steady_clock::now();
  EXPECT_THAT(storage_error([&] { mine.get_token_data("x"); }), says_no_answer);
  EXPECT_THAT(storage_error([&] { mine.get_token_data("x"); }), says_no_answer);
  EXPECT_THAT(
      storage_error([&] { mine.store_token_data_by_resource_server(stored_tokens("x", "b")); }),
      says_no_answer);
  EXPECT_THAT(storage_error([&] { mine.lock_renewal("x", milliseconds(300)); }), says_no_answer);
  held.reset();
  EXPECT_LT(steady_clock::now() - begin, bound);
  relay.heal();
  EXPECT_EQ(mine.get_token_data("x"), stored_token("x"));
}

struct CutConnection : PostgresFaults, testing::WithParamInterface<Relay::From> {
  /// More than either side sends until a token is stored.
  static constexpr std::int64_t most_bytes = 2400;
};
INSTANTIATE_TEST_SUITE_P(FromEitherSide, CutConnection,
                         testing::Values(Relay::From::client, Relay::From::server),
                         [](const auto& side) {
                           return side.param == Relay::From::client ? "Client" : "Server";
                         });

/// A new connection is cut at any place of what it does. The second one brings it to its end.
TEST_P(CutConnection, IsNotSeen) {
  storage().store_token_data_by_resource_server(
      {{"x", stored_token("x")}, {"y", stored_token("y")}});
  Relay relay(server->port());
  int cuts = 0;
  for (std::int64_t bytes = 1; bytes < most_bytes; bytes += 37) {
    const PostgresTokenStorage mine(server->url_through(relay.port(), database));
    const std::string mark = std::to_string(bytes);
    relay.reset_after(GetParam(), bytes, 1);
    mine.store_token_data_by_resource_server(
        {{"x", stored_token("x", mark)}, {"y", stored_token("y", mark)}});
    EXPECT_EQ(mine.get_token_data("x"), stored_token("x", mark)) << bytes;
    EXPECT_EQ(mine.get_token_data("y"), stored_token("y", mark)) << bytes;
    EXPECT_TRUE(mine.remove_token_data("y")) << bytes;
    relay.heal();
    cuts = relay.resets();
  }
  EXPECT_GT(cuts, 20);
}

/// The answer to COMMIT is lost, and somebody else stores before the storage can ask again: it does
/// not store over that.
TEST_F(PostgresFaults, LoseNoLaterStoreToARepeatedOne) {
  Relay relay(server->port());
  const auto other = storage();
  other.store_token_data_by_resource_server(stored_tokens("x"));
  int unclear = 0;
  for (std::int64_t bytes = 1; bytes < 1600; bytes += 41) {
    const PostgresTokenStorage mine(server->url_through(relay.port(), database));
    const auto held = mine.lock_renewal("x", seconds(10));
    mine.get_token_data("x");
    relay.reset_after(Relay::From::server, bytes, 1);
    const std::string refusal = storage_error(
        [&] { mine.store_token_data_by_resource_server(stored_tokens("x", "mine")); });
    relay.heal();
    EXPECT_EQ(refusal, "") << bytes;
    EXPECT_EQ(other.get_token_data("x"), stored_token("x", "mine"));
    unclear += relay.resets();
    other.remove_token_data("x");
    other.store_token_data_by_resource_server(stored_tokens("x"));
  }
  EXPECT_GT(unclear, 0);
}

TEST_F(PostgresFaults, OfTooManyConnectionsPass) {
  PostgresServer own(
      {.settings = {"max_connections=8", "superuser_reserved_connections=0", "max_wal_senders=0"}});
  const std::string own_url = own.new_database();
  const PostgresTokenStorage mine(own_url);
  mine.store_token_data_by_resource_server(stored_tokens("x"));
  mine.close();
  std::vector<std::jthread> others;
  for (int i = 0; i < 8; ++i) {
    others.emplace_back([&own] {
      try {
        own.sql("SELECT pg_sleep(1)");
      } catch (const std::runtime_error&) {  // another one was faster
      }
    });
  }
  std::this_thread::sleep_for(milliseconds(300));
  EXPECT_EQ(mine.get_token_data("x"), stored_token("x"));
}

}  // namespace
}  // namespace globus_sdk
