// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "fleet/fleet.hpp"

namespace globus_sdk_test {

/// Tests that share a server, with a database for each of them.
class FleetOnOneServer : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    if (PostgresServer::is_installed()) {
      server = std::make_unique<PostgresServer>(
          PostgresServerOptions{.settings = {"max_connections=200"}});
    }
  }
  static void TearDownTestSuite() { server.reset(); }
  void SetUp() override {
    if (const std::string why = why_no_postgres("fleet"); !why.empty()) GTEST_SKIP() << why;
    const std::string url = server->new_database();
    options.database = url.substr(url.rfind('/') + 1);
  }

  static inline std::unique_ptr<PostgresServer> server{};
  FleetOptions options{};
};

}  // namespace globus_sdk_test
