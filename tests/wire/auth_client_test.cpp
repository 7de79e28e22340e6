// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "globus_sdk/auth/auth_client.hpp"
#include "globus_sdk/authorizers/access_token_authorizer.hpp"
#include "wire/auth_modes.hpp"
#include "wire/replay.hpp"

namespace globus_sdk_test {
namespace {

using namespace globus_sdk;

template <class Client> Calls<Client> auth_calls() {
  return {
      {"userinfo",
       [](const Client& client, const Arguments&) { return finish(client.userinfo()); }},
      {"get_identities",
       [](const Client& client, const Arguments& arguments) {
         GetIdentitiesOptions options;
         arguments.set("usernames", options.usernames);
         arguments.set("ids", options.ids);
         arguments.set("provision", options.provision);
         arguments.set("query_params", options.query_params);
         return finish(client.get_identities(options));
       }},
      {"get_openid_configuration",
       [](const Client& client, const Arguments&) {
         return finish(client.get_openid_configuration());
       }},
      {"get_jwk", finish_get_jwk<Client>},
  };
}

template <class Mode> class AuthClientRecords : public testing::Test {};
TYPED_TEST_SUITE(AuthClientRecords, Modes, ModeNames);

TYPED_TEST(AuthClientRecords, AreReproduced) {
  replay_file<TypeParam>(
      "AuthClient.json", {"auth/auth_client.hpp"}, auth_calls<BasicAuthClient<TypeParam>>(),
      [](World<TypeParam>& world) {
        return world.template client<BasicAuthClient>(AccessTokenAuthorizer("access-token"));
      });
}

}  // namespace
}  // namespace globus_sdk_test
