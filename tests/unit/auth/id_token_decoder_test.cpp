// SPDX-License-Identifier: Apache-2.0
// When a decoder fetches what it verifies with, on a simulated network.
#include <gtest/gtest.h>

#include "auth/id_token_operations.hpp"
#include "globus_sdk/authorizers/access_token_authorizer.hpp"
#include "globus_sdk/core/literals.hpp"
#include "support/simulated_mode.hpp"
#include "support/token_signer.hpp"
#include "unit/auth/id_token_refusal.hpp"

namespace globus_sdk {
namespace {

// The claims are the caller's alone, and go with the expression.
template <class T>
concept Lasting = std::convertible_to<T, std::string_view>;
static_assert(!Lasting<decltype(std::declval<IDTokenDecoder>().decode("")["sub"])>);
static_assert(!Lasting<decltype(std::declval<IDTokenDecoder>().get_jwk()["keys"][0]["kid"])>);

using boost::json::array;
using boost::json::object;
using globus_sdk_test::refusal;
using globus_sdk_test::TokenSigner;

constexpr std::int64_t simulation_begins = 1767225600;

const TokenSigner& first_key() {
  static const TokenSigner signer("ES256");
  return signer;
}
const TokenSigner& second_key() {
  static const TokenSigner signer("ES256");
  return signer;
}

/// A provider on a simulated network, and a decoder for it.
struct World {
  std::shared_ptr<Simulation> simulation{};
  std::optional<BasicAuthClient<Simulated>> client{};
  array keys{first_key().jwk()};
  std::string issuer = "https://auth.globus.org";
  std::string jwks_uri = "https://auth.globus.org/jwk.json";
  int status = 200;

  World() {
    auto [connection, made] =
        simulate(detail::service_of<AuthClient>,
                 AnyAuthorizer(AccessTokenAuthorizer("an-access-token")).get());
    simulation = made;
    client.emplace(connection);
    simulation->answer = [this](const detail::OutgoingRequest& request) {
      return simulated_answer(status, boost::json::serialize(answer(request.url)));
    };
  }
  World(const World&) = delete;
  World& operator=(const World&) = delete;

  object configuration() const {
    return {{"issuer", issuer},
            {"jwks_uri", jwks_uri},
            {"id_token_signing_alg_values_supported", array{"ES256"}}};
  }
  object answer(const std::string& url) const {
    return url == jwks_uri ? object{{"keys", keys}} : configuration();
  }
  BasicIDTokenDecoder<Simulated> decoder(const IDTokenDecoderOptions& more = {}) const {
    IDTokenDecoderOptions options = more;
    options.jwt_audience = "the client";
    return BasicIDTokenDecoder<Simulated>(*client, options);
  }
  std::size_t requests() const { return simulation->requests.size(); }
};

std::string token_by(const TokenSigner& signer, std::int64_t expires_in = 100'000) {
  return signer.sign(object{{"iss", "https://auth.globus.org"},
                            {"sub", "a user"},
                            {"aud", "the client"},
                            {"exp", simulation_begins + expires_in},
                            {"iat", simulation_begins}});
}

TEST(IDTokenDecoder, FetchesOnceForManyTokens) {
  const World world;
  const auto decoder = world.decoder();
  const auto copy = decoder.with({.timeout = 5s});
  for (int time = 0; time < 5; ++time) {
    EXPECT_EQ(decoder.decode(token_by(first_key()))["sub"], "a user");
    EXPECT_EQ(copy.decode(token_by(first_key()))["sub"], "a user");
  }
  EXPECT_EQ(copy.get_jwk()["keys"].size(), 1u);
  EXPECT_EQ(copy.get_openid_configuration()["issuer"], world.issuer);
  ASSERT_EQ(world.requests(), 2u);
  EXPECT_EQ(world.simulation->requests[0].url,
            "https://auth.globus.org/.well-known/openid-configuration");
  EXPECT_EQ(world.simulation->requests[1].url, "https://auth.globus.org/jwk.json");
  EXPECT_EQ(world.simulation->requests[1].authorization, "Bearer an-access-token");
}

TEST(IDTokenDecoder, FetchesNothingForWhatIsNoToken) {
  const World world;
  EXPECT_EQ(refusal([&] { world.decoder().decode("no.token"); }), IDTokenFault::malformed);
  EXPECT_EQ(world.requests(), 0u);
}

TEST(IDTokenDecoder, TakesNewKeysWhenNoneFits) {
  World world;
  const auto decoder = world.decoder();
  decoder.decode(token_by(first_key()));
  world.keys = {second_key().jwk()};
  world.simulation->clock += 60s;
  EXPECT_EQ(decoder.decode(token_by(second_key()))["sub"], "a user");
  EXPECT_EQ(world.requests(), 4u);
  // and those of the old key are no longer taken, without another request within the minute
  EXPECT_EQ(refusal([&] { decoder.decode(token_by(first_key())); }), IDTokenFault::signature);
  EXPECT_EQ(world.requests(), 4u);
}

TEST(IDTokenDecoder, FetchesAtMostOnceAMinuteForWhatDoesNotFit) {
  const World world;
  const auto decoder = world.decoder();
  const std::string foreign = token_by(second_key());
  for (int time = 0; time < 100; ++time) {
    EXPECT_EQ(refusal([&] { decoder.decode(foreign); }), IDTokenFault::signature);
    world.simulation->clock += 3s;  // 300 s in all
  }
  EXPECT_EQ(world.requests(), 2u * 5u);
}

TEST(IDTokenDecoder, FetchesNoOtherKeysForOtherFaults) {
  const World world;
  const auto decoder = world.decoder();
  decoder.decode(token_by(first_key()));
  world.simulation->clock += 1h;
  EXPECT_EQ(refusal([&] { decoder.decode(token_by(first_key(), 10)); }), IDTokenFault::expired);
  EXPECT_EQ(refusal([&] { decoder.decode(token_by(first_key()), {.nonce = "other"}); }),
            IDTokenFault::nonce);
  EXPECT_EQ(refusal([&] { decoder.decode(TokenSigner("RS256").sign(object{})); }),
            IDTokenFault::algorithm);
  EXPECT_EQ(world.requests(), 2u);
}

TEST(IDTokenDecoder, AFailureIsNotKept) {
  World world;
  const auto decoder = world.decoder();
  world.status = 403;
  EXPECT_THROW(decoder.decode(token_by(first_key())), AuthAPIError);
  EXPECT_THROW(decoder.decode(token_by(first_key())), AuthAPIError);
  EXPECT_EQ(world.requests(), 2u);
  world.status = 200;
  EXPECT_EQ(decoder.decode(token_by(first_key()))["sub"], "a user");
}

TEST(IDTokenDecoder, WhatIsKeptOutlivesAFailure) {
  World world;
  const auto decoder = world.decoder();
  decoder.decode(token_by(first_key()));
  world.simulation->clock += 60s;
  world.status = 403;
  EXPECT_THROW(decoder.decode(token_by(second_key())), AuthAPIError);
  EXPECT_EQ(decoder.decode(token_by(first_key()))["sub"], "a user");
  EXPECT_EQ(refusal([&] { decoder.decode(token_by(second_key())); }), IDTokenFault::signature);
}

TEST(IDTokenDecoder, UsesWhatIsStored) {
  World world;
  const auto decoder = world.decoder();
  decoder.store_openid_configuration(world.configuration());
  EXPECT_EQ(decoder.decode(token_by(first_key()))["sub"], "a user");
  EXPECT_EQ(world.requests(), 1u);  // the keys

  decoder.store_jwk(second_key().jwk());
  EXPECT_EQ(decoder.decode(token_by(second_key()))["sub"], "a user");
  world.simulation->clock += 1h;
  EXPECT_EQ(refusal([&] { decoder.decode(token_by(first_key())); }), IDTokenFault::signature);
  EXPECT_EQ(world.requests(), 1u);
  EXPECT_EQ(refusal([&] { decoder.store_jwk(nullptr); }), IDTokenFault::provider);
}

TEST(IDTokenDecoder, ClocksMayBeApartByAMinuteUnlessSaidOtherwise) {
  const World world;
  const std::string old = token_by(first_key(), -63);
  EXPECT_EQ(world.decoder().decode(old)["sub"], "a user");
  EXPECT_EQ(refusal([&] { world.decoder().decode(token_by(first_key(), -64)); }),
            IDTokenFault::expired);
  EXPECT_EQ(refusal([&] { world.decoder({.jwt_leeway = 62s}).decode(old); }),
            IDTokenFault::expired);
  EXPECT_THROW(world.decoder({.jwt_leeway = -1s}), GlobusSDKUsageError);
}

TEST(IDTokenDecoder, NeedsAnAudience) {
  const World world;
  EXPECT_THROW(BasicIDTokenDecoder<Simulated>{*world.client}, GlobusSDKUsageError);
  EXPECT_EQ(world.decoder().get_jwt_audience(), "the client");
}

TEST(IDTokenDecoder, SendsCredentialsToTheProviderAlone) {
  World world;
  world.jwks_uri = "https://keys.example.org/jwk.json";
  EXPECT_EQ(world.decoder().decode(token_by(first_key()))["sub"], "a user");
  ASSERT_EQ(world.requests(), 2u);
  EXPECT_EQ(world.simulation->requests[1].url, world.jwks_uri);
  EXPECT_EQ(world.simulation->requests[1].authorization, "");
  world.jwks_uri = "http://keys.example.org/jwk.json";
  EXPECT_EQ(refusal([&] { world.decoder().decode(token_by(first_key())); }),
            IDTokenFault::provider);
  EXPECT_EQ(world.requests(), 3u);
}

TEST(IDTokenDecoder, ItsDeadlineIsOneForBothRequests) {
  World world;
  world.simulation->round_trip = 700ms;
  world.client.emplace(world.client->with({.deadline = 1s}));
  EXPECT_THROW(world.decoder().decode(token_by(first_key())), GlobusTimeoutError);
  EXPECT_EQ(world.requests(), 2u);
}

TEST(IDTokenDecoder, KeysForAConfigurationThatIsAtHand) {
  const World world;
  const GetJWKResponse keys =
      world.client->get_jwk({.openid_configuration = Json(world.configuration())});
  EXPECT_EQ(keys["keys"].size(), 1u);
  EXPECT_EQ(world.requests(), 1u);
}

}  // namespace
}  // namespace globus_sdk
