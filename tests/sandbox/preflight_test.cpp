// SPDX-License-Identifier: Apache-2.0
#include "globus_sdk/app/preflight.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>
#include <sstream>

#include "globus_sdk/core/literals.hpp"
#include "sandbox/app_world.hpp"
#include "support/scoped_variable.hpp"

namespace globus_sdk {
namespace {

using globus_sdk_test::AppWorld;
using globus_sdk_test::ScopedVariable;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using Kind = PreflightFinding::Kind;

// `for (const auto& finding : app.preflight(...).findings())`
static_assert(!std::is_reference_v<decltype(std::declval<PreflightReport>().findings())>);

const std::string transfer(TransferScopes.resource_server);

std::vector<Kind> kinds(const PreflightReport& report) {
  std::vector<Kind> found;
  for (const auto& finding : report.findings()) found.push_back(finding.kind);
  return found;
}

struct Preflight : testing::Test {
  UserApp logged_in(const GlobusAppConfig& config = {}) {
    const UserApp app = world.user_app(config, {{transfer, TransferScopes.all}});
    app.login();
    return app;
  }
  /// Mends what is lacking, in one login.
  static void mend(const UserApp& app, const PreflightReport& report) {
    app.login({.auth_params = report.authorization_parameters()});
  }

  AppWorld world;
  ScopedVariable url{"GLOBUS_SDK_SERVICE_URL_TRANSFER", world.sandbox.service_url("transfer")};
  GlobusAppConfig over_tls{.transport = world.options("transfer").transport};
};

TEST_F(Preflight, NothingIsLacking) {
  const UserApp app = logged_in(over_tls);
  const auto report = app.preflight({world.source(), world.destination()}, 24h);
  EXPECT_TRUE(report.ok()) << report;
  EXPECT_TRUE(app.preflight({}, 0s));
  EXPECT_EQ(world.login.logins(), 1U);
}

TEST_F(Preflight, WithoutTokensALoginIs) {
  const UserApp app = world.user_app(over_tls, {{transfer, TransferScopes.all}});
  const auto report = app.preflight(world.source(), 1h);
  EXPECT_THAT(kinds(report), ElementsAre(Kind::login, Kind::login)) << report;
  EXPECT_EQ(world.login.logins(), 0U);
  mend(app, report);
  EXPECT_TRUE(app.preflight(world.source(), 1h).ok());
}

TEST_F(Preflight, AccessTokensThatExpireBefore) {
  const UserApp app = logged_in(over_tls);
  const auto report = app.preflight({}, std::chrono::hours(24 * 3));
  EXPECT_THAT(kinds(report), ElementsAre(Kind::expiry, Kind::expiry));
  std::ostringstream text;
  text << report;
  EXPECT_THAT(text.str(), HasSubstr("request_refresh_tokens"));
  auto refreshing = over_tls;
  refreshing.request_refresh_tokens = true;
  EXPECT_TRUE(logged_in(refreshing).preflight({}, std::chrono::hours(24 * 3)).ok());
}

TEST_F(Preflight, ARefreshTokenThatIsRefused) {
  auto config = over_tls;
  config.request_refresh_tokens = true;
  const UserApp app = logged_in(config);
  const auto data = app.token_storage().get_token_data(transfer);
  world.sandbox.revoke(*data->refresh_token);
  const auto report = app.preflight({}, 1h);
  ASSERT_THAT(kinds(report), ElementsAre(Kind::login));
  EXPECT_EQ(report.findings().front().resource_server, transfer);
}

TEST_F(Preflight, UsesEachRefreshTokenOnce) {
  auto config = over_tls;
  config.request_refresh_tokens = true;
  const UserApp app = logged_in(config);
  const auto renewals = [&] {
    const auto before = world.count("/v2/oauth2/token");
    EXPECT_TRUE(app.preflight({}, 1h).ok());
    return world.count("/v2/oauth2/token") - before;
  };
  EXPECT_EQ(renewals(), 2);
  auto stored = app.token_storage().get_token_data_by_resource_server();
  for (auto& [resource_server, data] : stored) data.expires_at_seconds = 1;
  app.token_storage().store_token_data_by_resource_server(stored);
  app.close();  // another process, as it were
  EXPECT_EQ(renewals(), 2) << "where access tokens have expired, too";
}

TEST_F(Preflight, ConsentsAreFoundAndMendedInOneLogin) {
  const UserApp app = logged_in(over_tls);
  for (const auto& id : {world.source(), world.destination()}) {
    world.change_collection(id, {{"entity_type", "GCSv5_mapped_collection"}});
  }
  const auto report = app.preflight({world.source(), world.destination()}, 1h);
  ASSERT_THAT(kinds(report), ElementsAre(Kind::consent, Kind::consent)) << report;
  EXPECT_EQ(report.findings().front().collection_id, world.source());
  mend(app, report);
  EXPECT_TRUE(app.preflight({world.source(), world.destination()}, 1h).ok());
  EXPECT_EQ(world.login.logins(), 2U);
}

TEST_F(Preflight, SessionsAreFoundAndMended) {
  const UserApp app = logged_in(over_tls);
  world.change_collection(world.source(), {{"session_required_mfa", true}});
  const auto report = app.preflight(world.source(), 0s);
  ASSERT_THAT(kinds(report), ElementsAre(Kind::session)) << report;
  mend(app, report);
  EXPECT_TRUE(app.preflight(world.source(), 0s).ok());
}

TEST_F(Preflight, ASessionThatWillBeTooOld) {
  const UserApp app = logged_in(over_tls);
  world.change_collection(world.source(),
                          {{"high_assurance", true}, {"authentication_assurance_timeout", 1800}});
  EXPECT_TRUE(app.preflight(world.source(), 1000s).ok()) << app.preflight(world.source(), 1000s);
  const auto report = app.preflight(world.source(), 3600s);
  ASSERT_THAT(kinds(report), ElementsAre(Kind::session));
  EXPECT_THAT(report.findings().front().message, HasSubstr("1800 s"));
  EXPECT_EQ(report.authorization_parameters().prompt.value(), "login");
}

TEST_F(Preflight, ACollectionThatIsNotThere) {
  const UserApp app = logged_in(over_tls);
  const auto report = app.preflight("11111111-2222-3333-4444-555555555555", 0s);
  EXPECT_THAT(kinds(report), ElementsAre(Kind::unavailable));
  EXPECT_THROW((void)app.preflight("x", 0s), GlobusSDKUsageError);
  EXPECT_THROW((void)app.preflight({}, -1s), GlobusSDKUsageError);
}

TEST_F(Preflight, OfAServiceAccount) {
  const ClientApp app = world.client_app(over_tls, {{transfer, TransferScopes.all}});
  EXPECT_THAT(kinds(app.preflight({}, std::chrono::hours(24 * 30))), IsEmpty());
}

}  // namespace
}  // namespace globus_sdk
