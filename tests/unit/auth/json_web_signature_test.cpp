// SPDX-License-Identifier: Apache-2.0
// Signed tokens: the examples of RFC 7515, 7520 and 8037, and what is none.
#include <gtest/gtest.h>

#include <fstream>

#include "auth/verify_id_token.hpp"
#include "core/base/base64.hpp"
#include "globus_sdk/core/json.hpp"
#include "support/token_signer.hpp"
#include "unit/auth/id_token_refusal.hpp"

namespace globus_sdk {
namespace {

using detail::base64url_decode;
using detail::parse_signed_token;
using globus_sdk_test::refusal;
using globus_sdk_test::signing_input;

const std::vector<std::string> every_algorithm{"RS256", "RS384", "RS512", "PS256", "PS384",
                                               "PS512", "ES256", "ES384", "ES512", "EdDSA"};

JsonView vectors() {
  std::ifstream file(std::string(GLOBUS_SDK_SOURCE_DIR) +
                     "/tests/unit/auth/vectors/json_web_signatures.json");
  return Json::parse(std::string(std::istreambuf_iterator<char>(file), {})).view();
}

detail::JsonWebKeySet keys_of(const JsonView& vector) {
  return detail::read_keys(Json(boost::json::object{{"keys", {vector["key"].value()}}}).view());
}

TEST(JsonWebSignature, TheRfcsExamplesAreVerified) {
  int verified = 0;
  for (const JsonView vector : vectors()) {
    if (vector["accepted"] != true) continue;
    SCOPED_TRACE(vector["source"]);
    const auto token = parse_signed_token(vector["token"]);
    EXPECT_EQ(token.payload, vector["payload"].as<std::string>());
    const detail::JsonWebKeySet keys = keys_of(vector);
    ASSERT_EQ(keys.keys.size(), 1u);
    EXPECT_EQ(detail::check_signature(token, every_algorithm, keys).name, token.algorithm);
    ++verified;
  }
  EXPECT_EQ(verified, 7);
}

TEST(JsonWebSignature, TheRfcsExamplesWithoutKeyPairsAreRefused) {
  int refused = 0;
  for (const JsonView vector : vectors()) {
    if (vector["accepted"] == true) continue;
    SCOPED_TRACE(vector["source"]);
    const auto token = parse_signed_token(vector["token"]);
    std::vector<std::string> announced = every_algorithm;
    announced.push_back(token.algorithm);  // even where the provider announces it
    EXPECT_EQ(refusal([&] { detail::check_signature(token, announced, keys_of(vector)); }),
              IDTokenFault::algorithm);
    ++refused;
  }
  EXPECT_EQ(refused, 3);
}

TEST(JsonWebSignature, AnyOtherByteOfTheRfcsExamplesIsRefused) {
  for (const JsonView vector : vectors()) {
    if (vector["accepted"] != true) continue;
    const detail::JsonWebKeySet keys = keys_of(vector);
    const auto token = vector["token"].as<std::string>();
    for (std::size_t index = 0; index < token.size(); ++index) {
      std::string changed = token;
      changed[index] = changed[index] == 'A' ? 'B' : 'A';
      EXPECT_TRUE(refusal([&] {
        detail::check_signature(parse_signed_token(changed), every_algorithm, keys);
      })) << vector["source"]
          << ", byte " << index;
    }
  }
}

TEST(JsonWebSignature, EachExampleFitsItsOwnKeyAlone) {
  for (const JsonView vector : vectors()) {
    for (const JsonView other : vectors()) {
      if (vector["accepted"] != true || vector["key"] == other["key"]) continue;
      EXPECT_TRUE(refusal([&] {
        detail::check_signature(parse_signed_token(vector["token"]), every_algorithm,
                                keys_of(other));
      })) << vector["source"]
          << " with the key of " << other["source"];
    }
  }
}

TEST(Base64Url, IsTheReverseOfEncoding) {
  std::string bytes;
  for (int length = 0; length < 300; ++length) {
    const std::string text = detail::base64url_encode(bytes);
    EXPECT_EQ(base64url_decode(text), bytes) << length;
    bytes += static_cast<char>(length * 7);
  }
}

TEST(Base64Url, EachSequenceOfBytesHasOneTextOnly) {
  const std::string alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  for (const char first : alphabet) {
    for (const char second : alphabet) {
      const std::string text{first, second};
      const auto bytes = base64url_decode(text);
      if (bytes) {
        EXPECT_EQ(detail::base64url_encode(*bytes), text);
      }
    }
  }
  for (const char* text : {"A", "AAAAA", "QQ==", "QUI=", "QR", "QUJ", "Q Q", "QQ\n", "+/8A",
                           "Q\xC3", "QQ.", "\"QQ\""}) {
    EXPECT_FALSE(base64url_decode(text)) << text;
  }
  EXPECT_FALSE(base64url_decode(std::string_view("Q\0AA", 4)));
}

TEST(JsonWebSignature, WhatIsNoneIsRefused) {
  const std::string fine = signing_input(R"({"alg":"RS256"})", "{}") + ".AAAA";
  EXPECT_EQ(parse_signed_token(fine).algorithm, "RS256");
  const std::string payload_and_signature = fine.substr(fine.find('.'));
  for (const std::string& token : std::vector<std::string>{
           "", ".", "..", "...", "a.b", "AAAA.AAAA.AAAA", fine + ".", fine + ".AAAA",
           fine + ".AAAA.AAAA", "." + fine, fine + "=", fine + " ", " " + fine, fine + "\n",
           payload_and_signature, std::string(300'000, 'A'), std::string(300'000, '.'),
           std::string("\0", 1) + fine}) {
    EXPECT_EQ(refusal([&] { parse_signed_token(token); }), IDTokenFault::malformed)
        << token.substr(0, 100);
  }
}

TEST(JsonWebSignature, HeadersThatAreNoneAreRefused) {
  for (const char* header :
       {"", "null", "[]", "\"RS256\"", "{}", "{\"alg\":null}", "{\"alg\":256}",
        "{\"alg\":[\"RS256\"]}", "{\"alg\":\"RS256\"", "{\"alg\":\"RS256\"}x",
        "{\"alg\":\"RS256\",\"kid\":1}", "{\"alg\":\"RS256\",\"kid\":null}",
        "{\"alg\":\"RS256\",\"crit\":[\"b64\"],\"b64\":false}", "{\"alg\":\"RS256\",\"crit\":[]}",
        "{\"alg\":\"RS256\",\"crit\":null}", "{\"alg\":\"RS256\",\"typ\":\"at+jwt\"}",
        "{\"alg\":\"RS256\",\"typ\":7}", "{\"alg\":\"RS256\",\"kid\":\"\xff\"}"}) {
    const std::string token = signing_input(header, "{}") + ".AAAA";
    EXPECT_EQ(refusal([&] { parse_signed_token(token); }), IDTokenFault::malformed) << header;
  }
  for (const char* header : {R"({"alg":"RS256","typ":"JWT"})", R"({"alg":"RS256","typ":"jwt"})"}) {
    EXPECT_FALSE(refusal([&] { parse_signed_token(signing_input(header, "{}") + ".AAAA"); }));
  }
}

}  // namespace
}  // namespace globus_sdk
