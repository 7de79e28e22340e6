// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <string>

#include "globus_sdk/postgres/postgres_token_storage.hpp"
#include "globus_sdk/token_storage/errors.hpp"
#include "support/postgres_server.hpp"
#include "token_storage/stored_tokens.hpp"

namespace globus_sdk_test {

/// The server of all tests of a program, which is never stopped by them; null where there is none.
inline PostgresServer* shared_server() {
  static const auto server = why_no_postgres("postgres").empty()
                                 ? std::make_unique<PostgresServer>(
                                       PostgresServerOptions{.settings = {"max_connections=200"}})
                                 : nullptr;
  return server.get();
}

/// What the message of the TokenStorageError is that `action` throws; empty when it throws none.
/// No password may be in it, and no token.
inline std::string storage_error(const std::function<void()>& action) {
  try {
    action();
  } catch (const globus_sdk::TokenStorageError& error) {
    const std::string message = error.what();
    EXPECT_THAT(message, testing::Not(testing::HasSubstr("secret")));
    EXPECT_THAT(message, testing::Not(testing::HasSubstr("access-of-")));
    EXPECT_THAT(message, testing::Not(testing::HasSubstr("refresh-of-")));
    EXPECT_THAT(message, testing::HasSubstr(error.filepath()));
    EXPECT_THAT(error.filepath(), testing::StartsWith("postgresql://"));
    return message;
  }
  return {};
}

/// A database of its own for each test.
class PostgresTest : public testing::Test {
 protected:
  void SetUp() override {
    server = shared_server();
    if (server == nullptr) GTEST_SKIP() << why_no_postgres("postgres");
    url = server->new_database();
    database = url.substr(url.rfind('/') + 1);
  }

  globus_sdk::PostgresTokenStorage storage(
      const globus_sdk::PostgresTokenStorageOptions& options = {}) const {
    return globus_sdk::PostgresTokenStorage(url, options);
  }
  std::string sql(const std::string& statements) const { return server->sql(statements, database); }
  /// Another user of the server than the one who may do everything.
  std::string url_of_user(const std::string& user) const {
    return "postgresql://" + user + ":user-secret@127.0.0.1:" + std::to_string(server->port()) +
           "/" + database;
  }
  /// How many connections of the storage there are.
  int connections() const {
    return std::stoi(
        sql("SELECT count(*) FROM pg_stat_activity WHERE application_name = 'globus-sdk-cpp' AND "
            "datname = '" +
            database + "'"));
  }

  PostgresServer* server = nullptr;
  std::string url{};
  std::string database{};
};

}  // namespace globus_sdk_test
