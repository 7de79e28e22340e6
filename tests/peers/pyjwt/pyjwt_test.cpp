// SPDX-License-Identifier: Apache-2.0
// Id tokens that PyJWT signs, by every algorithm: ours is the judgement that PyJWT's is.
#include <gtest/gtest.h>

#include <string>

#include "globus_sdk/globus_sdk.hpp"
#include "peers/support/environment.hpp"

namespace globus_sdk {
namespace {

using peers::variable;

bool accepts(const IDTokenDecoder& decoder, const std::string& token) {
  try {
    return decoder.decode(token)["sub"] == "a user of PyJWT's, é";
  } catch (const IDTokenError&) {
    return false;
  }
}

TEST(PyJWT, ItsIdTokensAreJudgedAsItJudgesThem) {
  const NativeAppAuthClient client{variable("PYJWT_CLIENT_ID"),
                                   {.base_url = variable("PYJWT_PROVIDER_URL") + "/"}};
  const IDTokenDecoder decoder{client};
  int accepted = 0;
  int refused = 0;
  for (const JsonView token : client.get("/tokens")["tokens"]) {
    const bool expected = token["accepted"].as<bool>();
    EXPECT_EQ(accepts(decoder, token["token"]), expected) << token["name"];
    ++(expected ? accepted : refused);
  }
  EXPECT_EQ(accepted, 10 + 3);
  EXPECT_EQ(refused, 10 * 6 + 13);
}

}  // namespace
}  // namespace globus_sdk
