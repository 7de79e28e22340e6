// SPDX-License-Identifier: Apache-2.0
// What docs/guide/connections.md shows beside its first program, compiled and run, and what it says
// of connections.
#include <gtest/gtest.h>

#include <globus_sdk/globus_sdk.hpp>
#include <string>
#include <thread>
#include <vector>

#include "support/recording_server.hpp"
#include "support/scoped_file.hpp"

using namespace globus_sdk;

namespace {

using globus_sdk_test::RecordedAnswer;
using globus_sdk_test::RecordedRequest;
using globus_sdk_test::RecordingServer;

class ConnectionsGuide : public testing::Test {
 protected:
  /// A call each of some clients, one after the other.
  void call(int clients, ClientOptions options) const {
    options.base_url = server.url();
    for (int client = 0; client < clients; ++client)
      TransferClient{AccessTokenAuthorizer{"token " + std::to_string(client)}, options}.task_list();
  }

  RecordingServer server{[](const RecordedRequest&) { return RecordedAnswer{}; }};
};

//! [service]
/// Makes the clients of a service's users.
class Clients {
 public:
  TransferClient of_user(const std::string& access_token) const {
    return TransferClient{AccessTokenAuthorizer{access_token}, {.transport = transport_}};
  }

 private:
  Transport transport_;
};
//! [service]

TEST_F(ConnectionsGuide, ClientsHaveConnectionsOfTheirOwnOrShareThem) {
  call(5, {});
  EXPECT_EQ(server.connections(), 5);
  const Transport transport;
  call(5, {.transport = transport});
  EXPECT_EQ(server.connections(), 5 + 1);
  const auto requests = server.requests();
  ASSERT_EQ(requests.size(), 10U);
  EXPECT_EQ(requests.back().header("authorization"), "Bearer token 4")
      << "the authorizer is the client's own";
}

TEST_F(ConnectionsGuide, CopiesOfAClientShareItsConnections) {
  const TransferClient tc{AccessTokenAuthorizer{"token"}, {.base_url = server.url()}};
  tc.task_list();
  TransferClient(tc).task_list();
  tc.with({.max_retries = 0}).task_list();
  EXPECT_EQ(server.connections(), 1);
}

TEST_F(ConnectionsGuide, ASharedTransportHasAsManyConnectionsAsThereAreCallsAtOnce) {
  const Transport transport;
  {
    std::vector<std::jthread> threads;
    for (int thread = 0; thread < 4; ++thread)
      threads.emplace_back([&] { call(20, {.transport = transport}); });
  }
  EXPECT_LE(server.connections(), 4);
}

TEST_F(ConnectionsGuide, AServiceSharesOne) {
  const Clients clients;
  EXPECT_FALSE(clients.of_user("a token").base_url().empty());
}

TEST_F(ConnectionsGuide, SettingsAreOfAllClientsThatShare) {
  const globus_sdk_test::ScopedFile ca_file("");
  const std::string& ca_bundle = ca_file.path();
  //! [settings]
  const Transport transport{{.verify_ssl = ca_bundle, .http_timeout = 20s, .proxy = null}};
  const ClientOptions options{.transport = transport};
  const NativeAppAuthClient login_client{"a client id", options};
  const TransferClient tc{RefreshTokenAuthorizer{"a refresh token", login_client}, options};
  //! [settings]
  EXPECT_FALSE(tc.base_url().empty());
}

TEST_F(ConnectionsGuide, AnAppGivesItsClientsTheOneOfItsSettings) {
  //! [app]
  const Transport transport;
  const UserApp app{"my-app",
                    {.client_id = "11111111-1111-4111-8111-111111111111",
                     .config = {.token_storage = "memory", .transport = transport}}};
  const TransferClient tc{app};
  const AuthClient auth_client{app};
  //! [app]
  EXPECT_FALSE(tc.base_url().empty());
  EXPECT_FALSE(auth_client.base_url().empty());
}

}  // namespace
