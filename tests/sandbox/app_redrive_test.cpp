// SPDX-License-Identifier: Apache-2.0
// What a service asks of a login, an app brings, and the request is sent again.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <cctype>
#include <string>
#include <thread>
#include <vector>

#include "globus_sdk/core/literals.hpp"
#include "globus_sdk/scopes/dynamic_scope_collections.hpp"
#include "globus_sdk/token_storage/memory_token_storage.hpp"
#include "globus_sdk/transfer/transfer_data.hpp"
#include "sandbox/app_world.hpp"

namespace globus_sdk {
namespace {

using globus_sdk_test::AppWorld;
using testing::HasSubstr;

std::string data_access(const std::string& collection) {
  return GCSCollectionScopes(collection).data_access.str();
}

/// A world whose collections are mapped ones of a server.
struct MappedWorld : AppWorld {
  MappedWorld() {
    change_collection(source(), {{"entity_type", "GCSv5_mapped_collection"}});
    change_collection(destination(), {{"entity_type", "GCSv5_mapped_collection"}});
  }
  TransferData copy() const {
    TransferData data(source(), destination());
    data.add_item("/a", "/a");
    return data;
  }
  /// The scopes of the last login, in one text.
  std::string last_scopes() const { return login.asked().back().required_scopes->joined(' '); }
};

TEST(AppRedrive, AConsentThatIsMissingIsOneLoginAndTheCallGoesThrough) {
  MappedWorld world;
  world.write("a", "x");
  const UserApp app = world.user_app({.auto_redrive_gares = true});
  const TransferClient client = world.transfer_of(app);
  client.task_list();
  EXPECT_EQ(client.submit_transfer(world.copy())["code"].as<std::string>(), "Accepted");
  EXPECT_EQ(world.login.logins(), 2U) << "both collections in one";
  EXPECT_THAT(world.last_scopes(), HasSubstr(data_access(world.source())));
  EXPECT_THAT(world.last_scopes(), HasSubstr(data_access(world.destination())));
  EXPECT_EQ(world.count("/transfer"), 2);
}

TEST(AppRedrive, WithoutTheSettingTheErrorIsThrown) {
  MappedWorld world;
  const UserApp app = world.user_app();
  const TransferClient client = world.transfer_of(app);
  EXPECT_THROW(client.operation_ls(world.source()), TransferAPIError);
  EXPECT_EQ(world.login.logins(), 1U);
}

TEST(AppRedrive, ASessionIsBroughtToo) {
  AppWorld world;
  world.control(
      "POST", "faults",
      {{"path", "/task_list"},
       {"require", {{"session_required_mfa", true}, {"session_message", "Two, please"}}}});
  const UserApp app = world.user_app({.auto_redrive_gares = true});
  const TransferClient client = world.transfer_of(app);
  EXPECT_EQ(client.task_list().http_status(), 200);
  EXPECT_EQ(world.login.logins(), 2U);
  EXPECT_EQ(world.login.asked().back().session_message.value(), "Two, please");
  EXPECT_TRUE(world.login.asked().back().session_required_mfa.value());
  EXPECT_EQ(client.task_list().http_status(), 200);
  EXPECT_EQ(world.login.logins(), 2U);
}

TEST(AppRedrive, OnceIsEnough) {
  AppWorld world;
  // it is never satisfied
  world.sandbox.add_fault({.path = "/task_list",
                           .count = 100,
                           .status = 403,
                           .body = R"({"code": "AuthorizationRequired", "message": "no",
                   "authorization_parameters": {"session_required_mfa": true}})"});
  const UserApp app = world.user_app({.auto_redrive_gares = true});
  EXPECT_THROW(world.transfer_of(app).task_list(), TransferAPIError);
  EXPECT_EQ(world.login.logins(), 2U);
  EXPECT_EQ(world.count("/task_list"), 2);
}

TEST(AppRedrive, ManyCallsThatNeedItAreOneLogin) {
  AppWorld world;
  world.control("POST", "faults",
                {{"path", "/task_list"}, {"require", {{"session_required_mfa", true}}}});
  const UserApp app = world.user_app({.auto_redrive_gares = true});
  const TransferClient client = world.transfer_of(app);
  app.login();
  std::atomic<int> good{0};
  {
    std::vector<std::jthread> threads;
    for (int thread = 0; thread < 16; ++thread) {
      threads.emplace_back([&] {
        if (client.task_list().http_status() == 200) ++good;
      });
    }
  }
  EXPECT_EQ(good, 16);
  EXPECT_EQ(world.login.logins(), 2U);
}

TEST(AppRedrive, APlainRefusalIsNoLogin) {
  AppWorld world;
  const UserApp app = world.user_app({.auto_redrive_gares = true});
  const TransferClient client = world.transfer_of(app);
  client.task_list();
  for (const char* body : {R"({"code": "PermissionDenied", "message": "no"})", "no", ""}) {
    world.sandbox.add_fault({.path = "/task_list", .status = 403, .body = body});
    EXPECT_THROW(client.task_list(), TransferAPIError);
  }
  EXPECT_EQ(world.login.logins(), 1U);
}

TEST(AppRedrive, AServiceAccountAsksForTheScopes) {
  MappedWorld world;
  world.write("a", "x");
  const ClientApp app = world.client_app({.auto_redrive_gares = true});
  world.change_collection(world.source(), {{"high_assurance", nullptr}});
  const TransferClient client = world.transfer_of(app);
  client.task_list();
  const auto before = world.count("/v2/oauth2/token");
  try {
    client.operation_ls(world.source());
  } catch (const TransferAPIError& error) {
    EXPECT_NE(error.code(), "ConsentRequired") << error.what();
  }
  EXPECT_EQ(world.count("/v2/oauth2/token"), before + 1);
}

TEST(AppDataAccess, IsAskedForWhereTheCollectionTakesIt) {
  MappedWorld world;
  world.write("a", "x");
  world.change_collection(world.destination(), {{"entity_type", "GCP_mapped_collection"}});
  const UserApp app = world.user_app();
  const TransferClient client =
      world.transfer_of(app).add_app_data_access_scope({world.source(), world.destination()});
  app.login();
  const auto logins = world.login.logins();
  EXPECT_EQ(client.submit_transfer(world.copy())["code"].as<std::string>(), "Accepted");
  EXPECT_EQ(world.login.logins(), logins + 1) << "one for all";
  EXPECT_THAT(world.last_scopes(), HasSubstr("[*" + data_access(world.source()) + "]"));
  EXPECT_EQ(world.last_scopes().find(data_access(world.destination())), std::string::npos);
  client.submit_transfer(world.copy());
  EXPECT_EQ(world.login.logins(), logins + 1);
  EXPECT_EQ(world.count("/endpoint/" + world.source()), 1) << "looked up once";
}

TEST(AppDataAccess, OfNoneThatTakesItIsNoLogin) {
  AppWorld world;
  const UserApp app = world.user_app();
  const TransferClient client = world.transfer_of(app);
  client.task_list();
  for (const char* type :
       {"GCP_mapped_collection", "GCP_guest_collection", "GCSv5_guest_collection"}) {
    world.change_collection(world.source(), {{"entity_type", type}});
    client.add_app_data_access_scope(world.source());
    EXPECT_EQ(client.task_list().http_status(), 200);
  }
  world.change_collection(world.source(),
                          {{"entity_type", "GCSv5_mapped_collection"}, {"high_assurance", true}});
  client.add_app_data_access_scope(world.source());
  EXPECT_EQ(client.task_list().http_status(), 200);
  EXPECT_EQ(world.login.logins(), 1U);
}

TEST(AppDataAccess, ANewUserLogsInBeforeAnythingCanBeLookedUp) {
  MappedWorld world;
  const UserApp app = world.user_app();
  const TransferClient client = world.transfer_of(app).add_app_data_access_scope(world.source());
  EXPECT_EQ(client.operation_ls(world.source()).http_status(), 200);
  EXPECT_EQ(world.login.logins(), 2U);
}

TEST(AppDataAccess, ThatIsMissingIsALoginThatIsRequired) {
  MappedWorld world;
  const UserApp app = world.user_app();
  const TransferClient client = world.transfer_of(app);
  client.task_list();
  EXPECT_FALSE(app.login_required());
  client.add_app_data_access_scope(world.source());
  EXPECT_TRUE(app.login_required());
  app.login();
  EXPECT_EQ(world.login.logins(), 2U);
  EXPECT_FALSE(app.login_required());
  EXPECT_EQ(client.operation_ls(world.source()).http_status(), 200);
  EXPECT_EQ(world.login.logins(), 2U);
}

TEST(AppDataAccess, AnIdMayBeInCapitals) {
  MappedWorld world;
  const UserApp app = world.user_app();
  std::string id = world.source();
  std::ranges::transform(id, id.begin(), [](unsigned char c) { return std::toupper(c); });
  const TransferClient client = world.transfer_of(app).add_app_data_access_scope(id);
  for (int call = 1; call <= 2; ++call) {
    EXPECT_EQ(client.operation_ls(id).http_status(), 200);
    EXPECT_EQ(world.login.logins(), 2U);
  }
}

TEST(AppDataAccess, WhatCannotBeLookedUpIsNotForgotten) {
  MappedWorld world;
  const UserApp app = world.user_app();
  const TransferClient client = world.transfer_of(app);
  client.task_list();
  client.add_app_data_access_scope(world.source());
  world.sandbox.add_fault({.path = "/endpoint/", .status = 400, .body = "{}"});
  EXPECT_THROW(client.operation_ls(world.source()), TransferAPIError);
  EXPECT_EQ(client.operation_ls(world.source()).http_status(), 200);
  EXPECT_EQ(world.login.logins(), 2U);
  EXPECT_THROW(client.add_app_data_access_scope("not-a-uuid"), GlobusSDKUsageError);
}

}  // namespace
}  // namespace globus_sdk
