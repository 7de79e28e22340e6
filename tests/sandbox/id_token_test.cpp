// SPDX-License-Identifier: Apache-2.0
// Id tokens of logins on the sandbox.
#include <gtest/gtest.h>

#include <atomic>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <functional>
#include <optional>
#include <thread>
#include <vector>

#include "globus_sdk/auth/id_token_decoder.hpp"
#include "globus_sdk/core/literals.hpp"
#include "support/browser.hpp"
#include "support/child_process.hpp"
#include "support/run_async.hpp"
#include "support/sandbox_world.hpp"

namespace globus_sdk {
namespace {

using globus_sdk_test::code_from;
using globus_sdk_test::consenting_world;
using globus_sdk_test::run_async;
using globus_sdk_test::SandboxWorld;

/// Lets the next answer for a path take so many seconds.
void answer_slowly(SandboxWorld& world, const std::string& path, double seconds) {
  world.sandbox.add_fault({.path = path, .delay = seconds});
}

OAuthTokenResponse log_in(const NativeAppAuthClient& client) {
  client.oauth2_start_flow({"openid", "profile", "email"});
  const AuthorizeURLOptions options{.query_params = {{"nonce", "a nonce & more"}}};
  return client.oauth2_exchange_code_for_tokens(
      code_from(client.oauth2_get_authorize_url(options)));
}

std::string access_token_of(const OAuthTokenResponse& tokens) {
  return tokens.by_resource_server().at("auth.globus.org").access_token;
}

IDTokenFault fault_of(const std::function<void()>& attempt) {
  try {
    attempt();
  } catch (const IDTokenError& error) {
    return error.fault();
  }
  throw std::runtime_error("the id token was not refused");
}

TEST(IDTokens, OfALoginAreDecoded) {
  const SandboxWorld world = consenting_world();
  const NativeAppAuthClient client = world.native_client();
  const OAuthTokenResponse tokens = log_in(client);
  const IDTokenDecoder decoder{client};
  const JsonView claims = tokens.decode_id_token(
      decoder, {.nonce = "a nonce & more", .access_token = access_token_of(tokens)});
  EXPECT_EQ(claims["preferred_username"], world.sandbox.value("USERNAME"));
  EXPECT_EQ(claims["aud"], client.client_id());
  EXPECT_EQ(tokens.decode_id_token(IDTokenDecoder{client})["sub"], claims["sub"]);

  EXPECT_EQ(fault_of([&] { tokens.decode_id_token(decoder, {.nonce = "another"}); }),
            IDTokenFault::nonce);
  EXPECT_EQ(fault_of([&] { tokens.decode_id_token(decoder, {.access_token = "another"}); }),
            IDTokenFault::access_token);
}

TEST(IDTokens, OfAnotherClientOrProviderAreRefused) {
  const SandboxWorld world = consenting_world();
  const SandboxWorld other_world;
  const OAuthTokenResponse tokens = log_in(world.native_client());
  EXPECT_EQ(fault_of([&] { tokens.decode_id_token(IDTokenDecoder{world.login_client()}); }),
            IDTokenFault::audience);
  EXPECT_EQ(
      fault_of([&] {
        tokens.decode_id_token(IDTokenDecoder{other_world.native_client(),
                                              {.jwt_audience = world.native_client().client_id()}});
      }),
      IDTokenFault::issuer);  // sandboxes of one process may have one key
}

TEST(IDTokens, AnyClientOfAuthFetchesTheKeys) {
  const SandboxWorld world = consenting_world();
  const OAuthTokenResponse tokens = log_in(world.native_client());
  const AuthClient client = world.auth_client(AccessTokenAuthorizer(access_token_of(tokens)));
  EXPECT_THROW(IDTokenDecoder{client}, GlobusSDKUsageError);
  const IDTokenDecoder decoder{client, {.jwt_audience = world.native_client().client_id()}};
  EXPECT_EQ(tokens.decode_id_token(decoder)["sub"], client.userinfo()["sub"]);
  EXPECT_EQ(client.get_openid_configuration()["issuer"],
            decoder.get_openid_configuration()["issuer"]);
  EXPECT_TRUE(client.get_jwk().as_pem().starts_with("-----BEGIN PUBLIC KEY-----"));
}

TEST(IDTokens, KeysAreFetchedOnceForManyThreads) {
  SandboxWorld world = consenting_world();
  const NativeAppAuthClient client = world.native_client();
  const OAuthTokenResponse tokens = log_in(client);
  answer_slowly(world, "jwk.json", 0.3);

  const IDTokenDecoder decoder{client};
  std::atomic<int> decoded = 0;
  std::vector<std::thread> threads;
  for (int number = 0; number < 16; ++number) {
    threads.emplace_back([&] {
      if (tokens.decode_id_token(decoder)["aud"] == client.client_id()) ++decoded;
      if (run_async(tokens.decode_id_token(decoder.async()))["aud"] == client.client_id())
        ++decoded;
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(decoded, 32);
  EXPECT_EQ(world.count("openid-configuration"), 1);
  EXPECT_EQ(world.count("jwk.json"), 1);
}

TEST(IDTokens, OneFailureToFetchIsThatOfAllWhoWait) {
  SandboxWorld world = consenting_world();
  const NativeAppAuthClient client = world.native_client();
  const OAuthTokenResponse tokens = log_in(client);
  answer_slowly(world, "openid-configuration", 0.5);
  globus_sandbox::Fault failing;
  failing.path = "jwk.json";
  failing.status = 403;
  world.sandbox.add_fault(failing);

  const IDTokenDecoder decoder{client};
  std::atomic<int> failed = 0;
  std::vector<std::thread> threads;
  for (int number = 0; number < 8; ++number) {
    threads.emplace_back([&] {
      try {
        tokens.decode_id_token(decoder);
      } catch (const AuthAPIError& error) {
        if (error.http_status() == 403) ++failed;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(failed, 8);
  EXPECT_EQ(world.count("jwk.json"), 1);
  EXPECT_EQ(tokens.decode_id_token(decoder)["aud"], client.client_id());
}

TEST(IDTokens, WhoWaitsKeepsADeadlineOfHisOwn) {
  SandboxWorld world = consenting_world();
  const NativeAppAuthClient client = world.native_client();
  const OAuthTokenResponse tokens = log_in(client);
  answer_slowly(world, "jwk.json", 1);

  // the one that fetches gives up first, and the other one fetches
  const IDTokenDecoder patient{client};
  auto fetching = std::thread([&] {
    EXPECT_THROW(tokens.decode_id_token(patient.with({.deadline = 300ms})), GlobusTimeoutError);
  });
  std::this_thread::sleep_for(100ms);
  EXPECT_EQ(tokens.decode_id_token(patient)["aud"], client.client_id());
  fetching.join();
  EXPECT_EQ(world.count("jwk.json"), 2);
}

TEST(IDTokens, WhoWaitsForACallThatGoesFetches) {
  SandboxWorld world = consenting_world();
  const NativeAppAuthClient client = world.native_client();
  const OAuthTokenResponse tokens = log_in(client);
  answer_slowly(world, "jwk.json", 5);

  const IDTokenDecoder decoder{client};
  std::optional<boost::asio::io_context> context(std::in_place);
  boost::asio::co_spawn(*context, tokens.decode_id_token(decoder.async()), boost::asio::detached);
  while (world.count("jwk.json") == 0) context->run_one_for(1ms);
  std::jthread going([&] {
    std::this_thread::sleep_for(100ms);
    context.reset();
  });
  EXPECT_EQ(run_async(tokens.decode_id_token(decoder.async()))["aud"], client.client_id());
  EXPECT_EQ(world.count("jwk.json"), 2);
}

TEST(IDTokens, AFetchHoldsUpNoExecutor) {
  SandboxWorld world = consenting_world();
  const NativeAppAuthClient client = world.native_client();
  const OAuthTokenResponse tokens = log_in(client);
  answer_slowly(world, "jwk.json", 1);

  const IDTokenDecoder decoder{client};
  std::jthread fetching([&] { tokens.decode_id_token(decoder); });
  while (world.count("jwk.json") == 0) std::this_thread::yield();
  boost::asio::io_context context;
  std::vector<std::string> order;
  for (int call = 0; call < 3; ++call) {
    boost::asio::co_spawn(context, tokens.decode_id_token(decoder.async()),
                          [&](const std::exception_ptr& failure, const auto&) {
                            order.emplace_back(failure ? "failed" : "decoded");
                          });
  }
  boost::asio::post(context, [&] { order.emplace_back("something else"); });
  context.run();
  EXPECT_EQ(order, (std::vector<std::string>{"something else", "decoded", "decoded", "decoded"}));
  EXPECT_EQ(world.count("jwk.json"), 1);
}

TEST(IDTokens, TheChildOfAForkFetchesKeysThatItsParentIsFetching) {
  SandboxWorld world = consenting_world();
  const NativeAppAuthClient client = world.native_client();
  const OAuthTokenResponse tokens = log_in(client);
  answer_slowly(world, "jwk.json", 1);

  const IDTokenDecoder decoder{client};
  std::jthread parent(
      [&] { EXPECT_EQ(tokens.decode_id_token(decoder)["aud"], client.client_id()); });
  while (world.count("jwk.json") == 0) std::this_thread::yield();
  const pid_t child = globus_sdk_test::start_child([&] {
    const auto hurried = decoder.with({.deadline = 20s});
    if (tokens.decode_id_token(hurried)["aud"] != client.client_id()) {
      throw std::runtime_error("another audience");
    }
  });
  parent.join();
  EXPECT_EQ(globus_sdk_test::status_of(child), 0);
  EXPECT_EQ(world.count("jwk.json"), 2);
}

TEST(IDTokens, AnswersWithoutOneSaySo) {
  const SandboxWorld world = consenting_world();
  const NativeAppAuthClient client = world.native_client();
  client.oauth2_start_flow("urn:globus:auth:scope:transfer.api.globus.org:all");
  const OAuthTokenResponse tokens =
      client.oauth2_exchange_code_for_tokens(code_from(client.oauth2_get_authorize_url()));
  try {
    tokens.decode_id_token(IDTokenDecoder{client});
    FAIL() << "no exception";
  } catch (const GlobusError& error) {
    EXPECT_NE(std::string(error.what()).find("openid"), std::string::npos);
  }
}

}  // namespace
}  // namespace globus_sdk
