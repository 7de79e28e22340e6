// SPDX-License-Identifier: Apache-2.0
// What docs/guide/id-tokens.md shows beside its first program, compiled, and run where that sends
// nothing.
#include <gtest/gtest.h>

#include <globus_sdk/globus_sdk.hpp>
#include <iostream>
#include <string>

using namespace globus_sdk;

namespace {

const NativeAppAuthClient client{"a client"};

[[maybe_unused]] void more_checks(const OAuthTokenResponse& tokens, const std::string& nonce) {
  //! [options]
  const IDTokenDecoder decoder{client, {.jwt_leeway = 5s}};
  const auto& auth = tokens.by_resource_server().at("auth.globus.org");
  const auto claims =
      tokens.decode_id_token(decoder, {.nonce = nonce, .access_token = auth.access_token});
  //! [options]
}

TEST(IdTokensGuide, Refusal) {
  //! [refusal]
  const IDTokenDecoder decoder{client};
  decoder.store_openid_configuration(
      {{"issuer", "https://auth.globus.org"},
       {"jwks_uri", "https://auth.globus.org/jwk.json"},
       {"id_token_signing_alg_values_supported", Json::array({"RS512"})}});
  decoder.store_jwk({{"keys", Json::array()}});
  try {
    decoder.decode("not a token");
  } catch (const IDTokenError& error) {
    if (error.fault() == IDTokenFault::expired) std::cerr << "log in again, please\n";
    std::cerr << error.what() << '\n';
  }
  //! [refusal]
  EXPECT_THROW(decoder.decode("not a token"), IDTokenError);
}

}  // namespace
