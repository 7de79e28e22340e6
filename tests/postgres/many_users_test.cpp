// SPDX-License-Identifier: Apache-2.0
#include "postgres/postgres_fixture.hpp"
#include "token_storage/storage_of_many_users.hpp"

namespace globus_sdk {
namespace {

/// A database for each test; nothing is tested where there is no server.
struct InPostgres {
  PostgresTokenStorage storage() const { return PostgresTokenStorage(url); }
  static std::string why_not() { return globus_sdk_test::why_no_postgres("postgres"); }
  const std::string url = globus_sdk_test::shared_server() == nullptr
                              ? std::string("host=nowhere")
                              : globus_sdk_test::shared_server()->new_database();
};

INSTANTIATE_TYPED_TEST_SUITE_P(Postgres, StorageOfManyUsers, InPostgres);

using PostgresLists = globus_sdk_test::PostgresTest;

/// More than one statement reads.
TEST_F(PostgresLists, AreWholeHoweverLongTheyAre) {
  storage().store_token_data_by_resource_server(stored_tokens("x"));
  sql("INSERT INTO globus_sdk_tokens SELECT convert_to('user-' || n, 'UTF8'), resource_server, "
      "token_data, expires_at_seconds + n % 7, change FROM globus_sdk_tokens, "
      "generate_series(1, 25000) AS numbers(n)");
  const auto names = storage().iter_namespaces();
  EXPECT_EQ(names.size(), 25001U);
  EXPECT_TRUE(std::ranges::is_sorted(names));
  EXPECT_EQ(storage().iter_namespaces({.after = "user-1", .limit = 12000}).size(), 12000U);
  const auto expiries = storage().tokens_by_expiry();
  EXPECT_EQ(expiries.size(), 25001U);
  EXPECT_TRUE(std::ranges::is_sorted(expiries, {}, [](const TokenExpiry& each) {
    return std::make_tuple(each.expires_at_seconds, each.namespace_, each.resource_server);
  }));
}

/// A gateway asks for these all the time.
TEST_F(PostgresLists, AreReadByAnIndex) {
  storage().store_token_data_by_resource_server(stored_tokens("x"));
  sql("INSERT INTO globus_sdk_tokens SELECT convert_to('user-' || n, 'UTF8'), resource_server, "
      "token_data, expires_at_seconds + n, change FROM globus_sdk_tokens, "
      "generate_series(1, 20000) AS numbers(n)");
  sql("VACUUM ANALYZE globus_sdk_tokens");
  const std::string before =
      "SELECT seq_scan FROM pg_stat_user_tables WHERE relname = 'globus_sdk_tokens'";
  sql("SELECT pg_stat_reset()");
  const auto mine = storage();
  mine.iter_namespaces({.after = "user-5", .limit = 10});
  mine.tokens_by_expiry({.before = 4'000'010'000, .limit = 10});
  const auto page = mine.tokens_by_expiry({.limit = 10});
  mine.tokens_by_expiry({.after = page.back(), .limit = 10});
  mine.get_token_data("x");
  EXPECT_EQ(mine.remove_namespace("user-7"), 1U);
  mine.close();
  for (int waits = 0; waits < 100 && connections() > 0; ++waits) {
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
  EXPECT_EQ(sql(before), "0");
}

}  // namespace
}  // namespace globus_sdk
