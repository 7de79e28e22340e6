// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include "wire/login_calls.hpp"

namespace globus_sdk_test {
namespace {

using namespace globus_sdk;

template <class Client> Calls<Client> native_app_calls() {
  Calls<Client> calls{
      {"create_native_app_instance",
       [](const Client& client, const Arguments& arguments) {
         return finish(client.create_native_app_instance(arguments.get("template_id"),
                                                         arguments.get("name")));
       }},
  };
  calls.merge(login_calls<Client>());
  return calls;
}

template <class Mode> class NativeAppAuthClientRecords : public testing::Test {};
TYPED_TEST_SUITE(NativeAppAuthClientRecords, Modes, ModeNames);

TYPED_TEST(NativeAppAuthClientRecords, AreReproduced) {
  replay_file<TypeParam>("NativeAppAuthClient.json",
                         {"auth/login_client.hpp", "auth/native_app_auth_client.hpp"},
                         native_app_calls<BasicNativeAppAuthClient<TypeParam>>(),
                         login_client<BasicNativeAppAuthClient, TypeParam>);
}

}  // namespace
}  // namespace globus_sdk_test
