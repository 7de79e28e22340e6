// SPDX-License-Identifier: Apache-2.0
// Keys of a provider: which are taken, and what each may verify.
#include <gtest/gtest.h>

#include "auth/json_web_key.hpp"
#include "globus_sdk/auth/get_jwk_response.hpp"
#include "globus_sdk/core/json.hpp"
#include "support/token_signer.hpp"
#include "unit/auth/id_token_refusal.hpp"

namespace globus_sdk {
namespace {

using boost::json::object;
using globus_sdk_test::refusal;
using globus_sdk_test::TokenSigner;

const TokenSigner& rsa() {
  static const TokenSigner signer("RS512");
  return signer;
}
const TokenSigner& ec() {
  static const TokenSigner signer("ES256");
  return signer;
}
const TokenSigner& edwards() {
  static const TokenSigner signer("EdDSA");
  return signer;
}

object with(object key, const char* name, const boost::json::value& value) {
  key[name] = value;
  return key;
}
object without(object key, const char* name) {
  key.erase(name);
  return key;
}
auto refusal_of(const boost::json::value& key) {
  return refusal([&] { detail::read_key(Json(key).view()); });
}

TEST(JsonWebKey, VerifiesWhatItsTypeAndCurveAreFor) {
  const auto names = [](const TokenSigner& signer) {
    const detail::JsonWebKey key = detail::read_key(Json(signer.jwk()).view());
    std::string fitting;
    for (const char* name : {"RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384",
                             "ES512", "EdDSA"}) {
      if (key.is_for(*detail::find_algorithm(name))) fitting += std::string(name) + " ";
    }
    return fitting;
  };
  EXPECT_EQ(names(rsa()), "RS256 RS384 RS512 PS256 PS384 PS512 ");
  EXPECT_EQ(names(ec()), "ES256 ");
  EXPECT_EQ(names(TokenSigner("ES384")), "ES384 ");
  EXPECT_EQ(names(TokenSigner("ES512")), "ES512 ");
  EXPECT_EQ(names(edwards()), "EdDSA ");
}

TEST(JsonWebKey, ItsOwnAlgorithmIsTheOnlyOne) {
  const detail::JsonWebKey key = detail::read_key(Json(with(rsa().jwk(), "alg", "RS512")).view());
  EXPECT_TRUE(key.is_for(*detail::find_algorithm("RS512")));
  EXPECT_FALSE(key.is_for(*detail::find_algorithm("RS256")));
  EXPECT_FALSE(key.is_for(*detail::find_algorithm("PS512")));
}

TEST(JsonWebKey, NoAlgorithmHasASharedSecret) {
  for (const char* name : {"none", "None", "nOnE", "NONE", "", "HS256", "HS384", "HS512", "rs256",
                           "RS256 ", "RS1", "ES256K", "RSA-OAEP", "dir"}) {
    EXPECT_EQ(detail::find_algorithm(name), nullptr) << name;
  }
}

TEST(JsonWebKey, ShortRsaKeysAreRefused) {
  EXPECT_EQ(refusal_of(TokenSigner("RS256", 1024).jwk()), IDTokenFault::key);
  EXPECT_EQ(refusal_of(TokenSigner("RS256", 2040).jwk()), IDTokenFault::key);
  EXPECT_EQ(refusal_of(rsa().jwk()), std::nullopt);
  // leading zeros make it no longer
  const TokenSigner short_one("RS256", 1024);
  const std::string modulus(short_one.jwk().at("n").as_string());
  EXPECT_EQ(refusal_of(with(short_one.jwk(), "n", (std::string(172, 'A') + modulus).c_str())),
            IDTokenFault::key);
}

TEST(JsonWebKey, WhatIsNoneIsRefused) {
  const std::vector<boost::json::value> wrong{
      nullptr, 7, "key", boost::json::array{}, object{}, object{{"kty", "RSA"}},
      object{{"kty", "oct"}, {"k", "c2VjcmV0"}}, with(rsa().jwk(), "kty", "rsa"),
      with(rsa().jwk(), "kty", 1), with(rsa().jwk(), "kty", "EC"), without(rsa().jwk(), "n"),
      without(rsa().jwk(), "e"), with(rsa().jwk(), "n", 5), with(rsa().jwk(), "n", ""),
      with(rsa().jwk(), "n", "+++="), with(rsa().jwk(), "n", boost::json::string(4000, '_')),
      with(rsa().jwk(), "e", "AA"), with(rsa().jwk(), "e", "AQ"), with(rsa().jwk(), "e", "Ag"),
      with(rsa().jwk(), "e", boost::json::string(40, '_')), with(rsa().jwk(), "use", "enc"),
      with(rsa().jwk(), "use", 1), with(rsa().jwk(), "key_ops", boost::json::array{"sign"}),
      with(rsa().jwk(), "key_ops", "verify"), with(rsa().jwk(), "alg", 5),
      with(rsa().jwk(), "kid", 5), with(ec().jwk(), "crv", "secp256k1"),
      with(ec().jwk(), "crv", "P-521"), without(ec().jwk(), "crv"), without(ec().jwk(), "y"),
      // no point on the curve, and another length
      with(ec().jwk(), "y", ec().jwk().at("x")), with(ec().jwk(), "x", "AAAA"),
      with(ec().jwk(), "x", boost::json::string(43, 'A')), with(edwards().jwk(), "crv", "X25519"),
      with(edwards().jwk(), "x", "AAAA"), without(edwards().jwk(), "x")};
  for (const boost::json::value& key : wrong) {
    EXPECT_EQ(refusal_of(key), IDTokenFault::key) << key;
  }
}

TEST(JsonWebKey, WhatIsNullIsNotThere) {
  for (const char* name : {"use", "key_ops", "alg", "kid"}) {
    EXPECT_EQ(refusal_of(with(rsa().jwk(), name, nullptr)), std::nullopt) << name;
  }
  EXPECT_EQ(refusal_of(with(rsa().jwk(), "n", nullptr)), IDTokenFault::key);
  EXPECT_EQ(refusal_of(with(rsa().jwk(), "kty", nullptr)), IDTokenFault::key);
}

TEST(JsonWebKey, AnotherKeyOfASetDoesNotSpoilIt) {
  const object set{{"keys",
                    {object{{"kty", "new"}}, 5, TokenSigner("RS256", 1024).jwk(), ec().jwk(),
                     with(edwards().jwk(), "key_ops", {"verify"})}}};
  const detail::JsonWebKeySet keys = detail::read_keys(Json(set).view());
  EXPECT_EQ(keys.keys.size(), 2u);
  ASSERT_EQ(keys.refused.size(), 3u);
  EXPECT_NE(keys.refused[2].find("1024 bits"), std::string::npos) << keys.refused[2];
}

TEST(JsonWebKey, SetsThatAreNoneAreRefused) {
  const boost::json::array many(101, ec().jwk());
  for (const boost::json::value& set : std::vector<boost::json::value>{
           nullptr, 5, object{}, object{{"keys", nullptr}}, object{{"keys", object{}}},
           boost::json::array{ec().jwk()}, object{{"keys", many}}}) {
    EXPECT_EQ(refusal([&] { detail::read_keys(Json(set).view()); }), IDTokenFault::provider);
  }
  EXPECT_EQ(detail::read_keys(Json(ec().jwk()).view()).keys.size(), 1u);
}

TEST(JsonWebKey, IsWrittenAsPem) {
  for (const TokenSigner* signer : {&rsa(), &ec(), &edwards()}) {
    Answer answer;
    answer.status = 200;
    answer.body = boost::json::serialize(object{{"keys", {signer->jwk()}}});
    EXPECT_EQ(GetJWKResponse(GlobusHTTPResponse(answer)).as_pem(), signer->pem());
  }
  Answer none;
  none.status = 200;
  none.body = R"({"keys": []})";
  EXPECT_EQ(refusal([&] { static_cast<void>(GetJWKResponse(GlobusHTTPResponse(none)).as_pem()); }),
            IDTokenFault::provider);
}

}  // namespace
}  // namespace globus_sdk
