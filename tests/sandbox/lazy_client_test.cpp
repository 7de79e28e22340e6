// SPDX-License-Identifier: Apache-2.0
// Clients of an app whose resource server is known when they are made, or only at their first use.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <string_view>
#include <thread>
#include <vector>

#include "globus_sdk/async.hpp"
#include "globus_sdk/auth/auth_client.hpp"
#include "globus_sdk/scopes/scope_collections.hpp"
#include "sandbox/app_world.hpp"
#include "support/plain_client.hpp"
#include "support/run_async.hpp"

namespace globus_sdk {
namespace {

using globus_sdk_test::AppWorld;
using globus_sdk_test::run_async;
using testing::HasSubstr;
using testing::Not;

const std::string information = "/information";

/// A client of Globus Auth that asks the service itself whose tokens it needs.
template <class Mode> class BasicAskingClient : public BasicServiceClient<BasicAskingClient, Mode> {
  using Base = BasicServiceClient<BasicAskingClient, Mode>;

 public:
  using Error = AuthAPIError;
  static constexpr std::string_view service_name = "auth";

  BasicAskingClient(const GlobusApp& app, const ClientOptions& options)
      : Base(detail::make_app_connection(detail::service_of<BasicAskingClient>, app.binding(),
                                         options, &find)) {}
  explicit BasicAskingClient(detail::Connection connection) : Base(std::move(connection)) {}

  typename Base::template Result<GlobusHTTPResponse> userinfo() const {
    return this->send(detail::get("/v2/oauth2/userinfo"));
  }

 private:
  static detail::ServerScopes find(const detail::Connection& connection) {
    const BasicAskingClient<Blocking> client(connection);
    return {client.get(information)["resource_server"], AuthScopes.email.str()};
  }
};
using AskingClient = BasicAskingClient<Blocking>;

/// A client whose resource server is an argument.
template <class Mode> class BasicNamingClient : public BasicServiceClient<BasicNamingClient, Mode> {
  using Base = BasicServiceClient<BasicNamingClient, Mode>;

 public:
  using Error = GlobusAPIError;
  static constexpr std::string_view service_name = "transfer";

  BasicNamingClient(std::string server, const GlobusApp& app, const ClientOptions& options)
      : Base(detail::make_app_connection(
            detail::service_of<BasicNamingClient>, app.binding(), options,
            detail::ServerScopes{std::move(server), TransferScopes.all.str()})) {}
};
using NamingClient = BasicNamingClient<Blocking>;

struct LazyWorld : AppWorld {
  explicit LazyWorld(bool tells = true) {
    if (tells) tell();
  }

  /// The service tells its resource server, once.
  void tell() {
    globus_sandbox::Fault telling;
    telling.path = information;
    telling.status = 200;
    telling.body = R"({"resource_server": "auth.globus.org"})";
    sandbox.add_fault(telling);
  }
  AskingClient asking_client(const GlobusApp& app) const {
    return AskingClient(app, options("auth"));
  }
  /// The scopes that the last login asked for.
  std::string asked_scopes() const {
    const auto asked = login.asked();
    std::string scopes;
    for (const std::string& scope : *asked.back().required_scopes) scopes += scope + " ";
    return scopes;
  }
};

// A client without a resource server is for no app: that is an error of the compiler's.
static_assert(!std::is_constructible_v<globus_sdk_test::PlainClient, const UserApp&>);
static_assert(std::is_constructible_v<AuthClient, const UserApp&>);

TEST(LazyClient, TheResourceServerMayBeAnArgument) {
  LazyWorld world;
  const UserApp app = world.user_app();
  const NamingClient client(std::string(TransferScopes.resource_server), app,
                            world.options("transfer"));
  EXPECT_EQ(client.get("/v0.10/task_list").http_status(), 200);
  EXPECT_EQ(world.login.logins(), 1U);
  EXPECT_THAT(world.asked_scopes(), HasSubstr(TransferScopes.all.str()));
}

TEST(LazyClient, AsksAtItsFirstUseAndOnce) {
  LazyWorld world;
  const UserApp app = world.user_app();
  const AskingClient client = world.asking_client(app);
  EXPECT_EQ(world.sandbox.requests().size(), 0U);
  EXPECT_EQ(app.scope_requirements().size(), 1U) << "openid alone";
  for (int call = 1; call <= 2; ++call) EXPECT_EQ(client.userinfo().http_status(), 200);
  EXPECT_EQ(world.count(information), 1);
  EXPECT_EQ(world.login.logins(), 1U);
  EXPECT_THAT(world.asked_scopes(), HasSubstr("email"));
}

TEST(LazyClient, ThreadsAskTogether) {
  LazyWorld world;
  const UserApp app = world.user_app();
  const AskingClient client = world.asking_client(app);
  {
    std::vector<std::jthread> threads;
    for (int thread = 0; thread < 16; ++thread) {
      threads.emplace_back([&client, thread] {
        const auto limited = client.with({.deadline = 30s});
        EXPECT_EQ((thread % 2 == 0 ? client : limited).userinfo().http_status(), 200);
      });
    }
  }
  EXPECT_EQ(world.count(information), 1);
  EXPECT_EQ(world.login.logins(), 1U);
}

TEST(LazyClient, AsksInAsynchronousModeToo) {
  LazyWorld world;
  const UserApp app = world.user_app();
  const AskingClient client = world.asking_client(app);
  const auto async = client.async();
  EXPECT_EQ(run_async(async.userinfo()).http_status(), 200);
  EXPECT_EQ(run_async(async.userinfo()).http_status(), 200);
  EXPECT_EQ(world.count(information), 1);
}

TEST(LazyClient, AskingThatFailsIsTriedAgain) {
  LazyWorld world(false);
  const UserApp app = world.user_app();
  const AskingClient client = world.asking_client(app);
  world.sandbox.add_fault({.path = information, .status = 400, .body = "{}"});
  EXPECT_THROW(client.userinfo(), AuthAPIError);
  EXPECT_EQ(world.login.logins(), 0U);
  world.tell();
  EXPECT_EQ(client.userinfo().http_status(), 200);
  EXPECT_EQ(world.count(information), 2);
}

TEST(LazyClient, ScopesMayBeAddedBeforeAndAfter) {
  LazyWorld world;
  const UserApp app = world.user_app();
  const AskingClient client = world.asking_client(app);
  client.add_app_scope(AuthScopes.profile);
  EXPECT_EQ(client.userinfo().http_status(), 200);
  EXPECT_THAT(world.asked_scopes(), HasSubstr("profile"));
  EXPECT_THAT(world.asked_scopes(), Not(HasSubstr("view_identities")));
  client.add_app_scope(AuthScopes.view_identities);
  EXPECT_EQ(client.userinfo().http_status(), 200);
  EXPECT_THAT(world.asked_scopes(), HasSubstr("view_identities"));
  EXPECT_EQ(world.login.logins(), 2U);
}

TEST(LazyClient, AppScopesStandInPlaceOfThoseThatAreFound) {
  LazyWorld world;
  const UserApp app = world.user_app();
  ClientOptions options = world.options("auth");
  options.app_scopes = AuthScopes.profile;
  EXPECT_EQ(AskingClient(app, options).userinfo().http_status(), 200);
  EXPECT_THAT(world.asked_scopes(), HasSubstr("profile"));
  EXPECT_THAT(world.asked_scopes(), Not(HasSubstr("email")));
}

TEST(LazyClient, ALimitEndsTheCallAndNotTheAsking) {
  LazyWorld world(false);
  const UserApp app = world.user_app();
  const AskingClient client = world.asking_client(app);
  globus_sandbox::Fault slow;
  slow.path = information;
  slow.delay = 0.7;
  world.sandbox.add_fault(slow);
  EXPECT_THROW(client.with({.deadline = 100ms}).userinfo(), GlobusTimeoutError);
  EXPECT_THROW(client.userinfo(), AuthAPIError) << "it is not there";
  EXPECT_EQ(world.count(information), 1) << "the second call waits for what the first began";
}

TEST(LazyClient, ATokenThatIsRefusedIsReplaced) {
  LazyWorld world;
  const UserApp app = world.user_app();
  const AskingClient client = world.asking_client(app);
  client.userinfo();
  const auto server = std::string(AuthScopes.resource_server);
  world.sandbox.expire(app.token_storage().get_token_data(server)->access_token);
  EXPECT_EQ(client.userinfo().http_status(), 200);
  EXPECT_EQ(world.login.logins(), 2U);
}

}  // namespace
}  // namespace globus_sdk
