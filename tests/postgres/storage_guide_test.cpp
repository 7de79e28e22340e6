// SPDX-License-Identifier: Apache-2.0
// What docs/guide/storage.md shows of many hosts, compiled and run.
#include <globus_sdk/globus_sdk.hpp>
#include <globus_sdk/postgres/postgres_token_storage.hpp>

#include "postgres/postgres_fixture.hpp"

using namespace globus_sdk;
using namespace std::chrono_literals;

namespace {

const std::string transfer{TransferScopes.resource_server};
const ConfidentialAppAuthClient client{"a client", "a secret"};

using StorageGuide = globus_sdk_test::PostgresTest;

TEST_F(StorageGuide, ManyHosts) {
  const std::string user = "an identity";
  const TokenStorageData token = stored_token(transfer);
  //! [postgres]
  // or without a url, from the environment variable GLOBUS_SDK_TOKEN_STORAGE_URL
  const PostgresTokenStorage storage{url, {.max_connections = 16, .vanished_after = 30s}};
  storage.in_namespace(user)->store_token_data_by_resource_server({{transfer, token}});

  StoredTokenAuthorizer authorizer{storage.in_namespace(user), transfer, client};
  //! [postgres]
  EXPECT_EQ(authorizer.get_authorization_header({}), "Bearer " + token.access_token);
}

}  // namespace
