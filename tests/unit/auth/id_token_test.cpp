// SPDX-License-Identifier: Apache-2.0
// Id tokens of a provider: who may have signed them, and what they have to say.
#include <gtest/gtest.h>

#include "auth/verify_id_token.hpp"
#include "core/base/base64.hpp"
#include "globus_sdk/core/json.hpp"
#include "globus_sdk/core/literals.hpp"
#include "support/token_signer.hpp"
#include "unit/auth/id_token_refusal.hpp"

namespace globus_sdk {
namespace {

using boost::json::array;
using boost::json::object;
using boost::json::value;
using globus_sdk_test::refusal;
using globus_sdk_test::sign_with_secret;
using globus_sdk_test::signing_input;
using globus_sdk_test::TokenSigner;

constexpr std::int64_t now_seconds = 1'800'000'000;
const auto now = std::chrono::system_clock::from_time_t(now_seconds);
const std::string issuer = "https://auth.example.org";
const std::string client_id = "11111111-2222-3333-4444-555555555555";
const std::string access_token = "an access token";

const TokenSigner& signer_for(const char* algorithm) {
  static std::map<std::string, TokenSigner> signers;
  return signers.try_emplace(algorithm, algorithm).first->second;
}
const TokenSigner& signer() {
  return signer_for("RS512");
}

object claims() {
  return {{"iss", issuer},           {"sub", "a user"},
          {"aud", client_id},        {"exp", now_seconds + 3600},
          {"nbf", now_seconds - 10}, {"iat", now_seconds},
          {"nonce", "the nonce"},    {"azp", client_id}};
}
object with(const char* name, const value& claim) {
  object changed = claims();
  changed[name] = claim;
  return changed;
}
object without(const char* name) {
  object changed = claims();
  changed.erase(name);
  return changed;
}

detail::IDTokenProvider provider_with(const array& keys, const array& algorithms = {"RS512"}) {
  return detail::read_provider(
      Json(object{{"issuer", issuer}, {"id_token_signing_alg_values_supported", algorithms}})
          .view(),
      Json(object{{"keys", keys}}).view());
}
const detail::IDTokenProvider& provider() {
  static const detail::IDTokenProvider made = provider_with({signer().jwk()});
  return made;
}

detail::IDTokenExpectations expectations() {
  detail::IDTokenExpectations expected;
  expected.audience = client_id;
  expected.nonce = "the nonce";
  expected.leeway = 64s;
  return expected;
}

JsonView verify(const std::string& token, const detail::IDTokenProvider& by = provider(),
                const detail::IDTokenExpectations& expected = expectations()) {
  return detail::verify_id_token(detail::parse_signed_token(token), by, expected, now);
}
std::optional<IDTokenFault> refusal_of(const std::string& token,
                                       const detail::IDTokenProvider& by = provider()) {
  return refusal([&] { verify(token, by); });
}
std::optional<IDTokenFault> refusal_of(const object& payload) {
  return refusal_of(signer().sign(payload));
}

TEST(IDToken, GivesItsClaims) {
  const JsonView found = verify(signer().sign(claims(), {{"typ", "JWT"}}));
  EXPECT_EQ(found["sub"], "a user");
  EXPECT_EQ(found["exp"], now_seconds + 3600);
}

TEST(IDToken, EveryAlgorithmIsVerified) {
  for (const char* algorithm :
       {"RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"}) {
    const TokenSigner& by = signer_for(algorithm);
    const auto provider = provider_with({by.jwk()}, {algorithm});
    EXPECT_EQ(refusal_of(by.sign(claims()), provider), std::nullopt) << algorithm;
    // another key of the same kind
    EXPECT_EQ(refusal_of(TokenSigner(algorithm).sign(claims()), provider), IDTokenFault::signature)
        << algorithm;
  }
}

TEST(IDToken, AnyOtherByteIsRefused) {
  std::size_t refused = 0;
  const std::string token = signer().sign(claims());
  for (std::size_t index = 0; index < token.size(); ++index) {
    for (const char other : {'A', 'B', '_', '.', '=', '\0', '\n'}) {
      if (token[index] == other) continue;
      std::string changed = token;
      changed[index] = other;
      ASSERT_NE(refusal_of(changed), std::nullopt) << "byte " << index;
      ++refused;
    }
    ASSERT_NE(refusal_of(token.substr(0, index)), std::nullopt) << index;
    ASSERT_NE(refusal_of(token.substr(index + 1)), std::nullopt) << index;
  }
  EXPECT_GT(refused, 3000u);
}

TEST(IDToken, EachClaimHasToBeThere) {
  for (const char* name : {"iss", "sub", "aud", "exp", "iat"}) {
    EXPECT_EQ(refusal_of(without(name)), IDTokenFault::claim) << name;
  }
  EXPECT_EQ(refusal_of(without("nonce")), IDTokenFault::nonce);
  EXPECT_EQ(refusal_of(without("nbf")), std::nullopt);
  EXPECT_EQ(refusal_of(without("azp")), std::nullopt);
}

TEST(IDToken, AClaimThatIsNullIsNotThere) {
  for (const char* name : {"iss", "sub", "aud", "exp", "iat"}) {
    EXPECT_EQ(refusal_of(with(name, nullptr)), IDTokenFault::claim) << name;
  }
  for (const char* name : {"nbf", "azp", "at_hash"}) {
    EXPECT_EQ(refusal_of(with(name, nullptr)), std::nullopt) << name;
  }
  EXPECT_EQ(refusal_of(with("nonce", nullptr)), IDTokenFault::nonce);
  detail::IDTokenExpectations any = expectations();
  any.nonce.reset();
  EXPECT_EQ(refusal([&] { verify(signer().sign(with("nonce", nullptr)), provider(), any); }),
            std::nullopt);
  any.access_token = access_token;
  EXPECT_EQ(refusal([&] { verify(signer().sign(with("at_hash", nullptr)), provider(), any); }),
            IDTokenFault::access_token);
  object several = with("aud", array{"other", client_id});
  several["azp"] = nullptr;
  EXPECT_EQ(refusal_of(several), IDTokenFault::audience);
}

TEST(IDToken, EachClaimHasToBeOfItsType) {
  const std::vector<value> texts{true, 7, 1.5, array{}, array{"a"}, object{{"a", "b"}}};
  for (const char* name : {"iss", "sub", "nonce", "azp", "at_hash"}) {
    for (const value& wrong : texts) {
      EXPECT_EQ(refusal_of(with(name, wrong)), IDTokenFault::claim) << name << ": " << wrong;
    }
  }
  const std::vector<value> numbers{true, "1800000000", "", array{}, array{1}, object{}};
  for (const char* name : {"exp", "nbf", "iat"}) {
    for (const value& wrong : numbers) {
      EXPECT_EQ(refusal_of(with(name, wrong)), IDTokenFault::claim) << name << ": " << wrong;
    }
  }
  const std::vector<value> audiences{false, 7, object{}, array{7}, array{client_id, 7}};
  for (const value& wrong : audiences) {
    EXPECT_EQ(refusal_of(with("aud", wrong)), IDTokenFault::claim) << wrong;
  }
  EXPECT_EQ(refusal_of(with("sub", "")), IDTokenFault::claim);
}

TEST(IDToken, PayloadsThatAreNoClaimsAreRefused) {
  for (const char* payload : {"", "x", "[]", "null", "7", "\"text\"", "{", "{}{}"}) {
    EXPECT_EQ(refusal_of(signer().sign_texts(R"({"alg":"RS512"})", payload)),
              IDTokenFault::malformed)
        << payload;
  }
}

TEST(IDToken, IsOfThatProviderExactly) {
  for (const char* other : {"", "https://auth.example.org/", "https://auth.example.org.evil",
                            "HTTPS://auth.example.org", "http://auth.example.org"}) {
    EXPECT_EQ(refusal_of(with("iss", other)), IDTokenFault::issuer) << other;
  }
}

TEST(IDToken, IsForThatClient) {
  EXPECT_EQ(refusal_of(with("aud", array{client_id})), std::nullopt);
  EXPECT_EQ(refusal_of(with("aud", array{"other", client_id})), std::nullopt);
  for (const value& other : std::vector<value>{"other", "", array{}, array{"other"}, "1111",
                                               "11111111-2222-3333-4444-555555555555 "}) {
    EXPECT_EQ(refusal_of(with("aud", other)), IDTokenFault::audience) << other;
  }
  // of several, the one that asked for it is named
  object several = without("azp");
  several["aud"] = array{client_id, "other"};
  EXPECT_EQ(refusal_of(several), IDTokenFault::audience);
  several["azp"] = "other";
  EXPECT_EQ(refusal_of(several), IDTokenFault::audience);
  EXPECT_EQ(refusal_of(with("azp", "other")), IDTokenFault::audience);
}

TEST(IDToken, ClocksMayBeApartByTheLeeway) {
  const auto at = [](const char* name, double seconds) {
    return refusal_of(with(name, static_cast<double>(now_seconds) + seconds));
  };
  EXPECT_EQ(at("exp", -63.9), std::nullopt);
  EXPECT_EQ(at("exp", -64), IDTokenFault::expired);
  EXPECT_EQ(at("nbf", 64), std::nullopt);
  EXPECT_EQ(at("nbf", 64.1), IDTokenFault::not_yet_valid);
  EXPECT_EQ(at("iat", 64), std::nullopt);
  EXPECT_EQ(at("iat", 64.1), IDTokenFault::issued_at);
  EXPECT_EQ(refusal_of(with("exp", -1e300)), IDTokenFault::expired);
  EXPECT_EQ(refusal_of(with("exp", 0)), IDTokenFault::expired);
  EXPECT_EQ(refusal_of(with("exp", 18'446'744'073'709'551'615U)), std::nullopt);
  EXPECT_EQ(refusal_of(with("iat", 1e300)), IDTokenFault::issued_at);
  detail::IDTokenExpectations strict = expectations();
  strict.leeway = 0s;
  EXPECT_EQ(refusal([&] { verify(signer().sign(with("exp", now_seconds)), provider(), strict); }),
            IDTokenFault::expired);
}

TEST(IDToken, IsOfThatLogin) {
  for (const char* other : {"", "the nonc", "the nonce ", "The nonce"}) {
    EXPECT_EQ(refusal_of(with("nonce", other)), IDTokenFault::nonce) << other;
  }
  detail::IDTokenExpectations any = expectations();
  any.nonce.reset();
  EXPECT_EQ(refusal([&] { verify(signer().sign(with("nonce", "x")), provider(), any); }),
            std::nullopt);
}

TEST(IDToken, BelongsToThatAccessToken) {
  detail::IDTokenExpectations expected = expectations();
  expected.access_token = access_token;
  const auto check = [&](const std::string& hash) {
    return refusal(
        [&] { verify(signer().sign(with("at_hash", hash.c_str())), provider(), expected); });
  };
  // the left half of the token's SHA-512
  const std::string right = "9UL8Bx6o74X3_A6XW5iK4-LmMHW0iJMLZ2YNNd2z1kc";
  EXPECT_EQ(check(right), std::nullopt);
  EXPECT_EQ(check(right.substr(1)), IDTokenFault::access_token);
  EXPECT_EQ(check(""), IDTokenFault::access_token);
  EXPECT_EQ(refusal([&] { verify(signer().sign(claims()), provider(), expected); }),
            IDTokenFault::access_token);
}

TEST(IDToken, APublicKeyIsNoSharedSecret) {
  const std::vector<std::string> secrets{
      signer().pem(), signer().pem().substr(0, signer().pem().size() - 1),
      boost::json::serialize(signer().jwk()), std::string(signer().jwk().at("n").as_string()), ""};
  for (const std::string& secret : secrets) {
    for (const char* algorithm : {"HS256", "HS384", "HS512"}) {
      const std::string token = sign_with_secret(algorithm, secret, claims());
      EXPECT_EQ(refusal_of(token), IDTokenFault::algorithm) << algorithm;
      // nor where a provider announces it, or publishes the secret
      const auto careless = provider_with(
          {signer().jwk(),
           object{{"kty", "oct"}, {"k", detail::base64url_encode(secret)}, {"alg", algorithm}}},
          {"RS512", algorithm});
      EXPECT_EQ(refusal_of(token, careless), IDTokenFault::algorithm) << algorithm;
    }
  }
}

TEST(IDToken, HasToBeSigned) {
  for (const char* name : {"none", "None", "nOnE", "NONE", "", "null", "rs512", "RS512 "}) {
    const std::string input = signing_input(boost::json::serialize(object{{"alg", name}}),
                                            boost::json::serialize(claims()));
    const auto careless = provider_with({signer().jwk()}, {"RS512", name});
    for (const char* signature : {"", "AAAA"}) {
      EXPECT_EQ(refusal_of(input + "." + signature), IDTokenFault::algorithm) << name;
      EXPECT_EQ(refusal_of(input + "." + signature, careless), IDTokenFault::algorithm) << name;
    }
  }
  const std::string token = signer().sign(claims());
  EXPECT_EQ(refusal_of(token.substr(0, token.rfind('.') + 1)), IDTokenFault::signature);
  EXPECT_EQ(refusal_of(token + "AAAA"), IDTokenFault::signature);
}

TEST(IDToken, EcdsaSignaturesAreTwoNumbersOfFullLength) {
  const TokenSigner& by = signer_for("ES256");
  const auto provider = provider_with({by.jwk()}, {"ES256"});
  const std::string token = by.sign(claims());
  const std::string input = token.substr(0, token.rfind('.') + 1);
  for (const std::size_t size : std::initializer_list<std::size_t>{0, 1, 63, 65, 70, 72, 128}) {
    const std::string wrong = detail::base64url_encode(std::string(size, '\x01'));
    EXPECT_EQ(refusal_of(input + wrong, provider), IDTokenFault::signature) << size;
  }
  for (const char filling : {'\x00', '\xff'}) {  // zeros once passed for a signature elsewhere
    EXPECT_EQ(refusal_of(input + detail::base64url_encode(std::string(64, filling)), provider),
              IDTokenFault::signature);
  }
}

TEST(IDToken, TheAlgorithmIsOneThatTheProviderAnnounces) {
  const TokenSigner& by = signer_for("RS256");
  const auto provider = provider_with({by.jwk()}, {"RS512", "ES256"});
  EXPECT_EQ(refusal_of(by.sign(claims()), provider), IDTokenFault::algorithm);
  EXPECT_EQ(refusal_of(by.sign(claims()), provider_with({by.jwk()}, {})), IDTokenFault::algorithm);
  EXPECT_EQ(refusal_of(by.sign(claims()), provider_with({by.jwk()}, {"RS256"})), std::nullopt);
}

TEST(IDToken, TheAlgorithmIsTheKeys) {
  const TokenSigner& by = signer_for("RS256");
  object key = by.jwk();
  key["alg"] = "RS512";
  EXPECT_EQ(refusal_of(by.sign(claims()), provider_with({key}, {"RS256", "RS512"})),
            IDTokenFault::key);
  // a curve is as good as an algorithm
  const TokenSigner& curve = signer_for("ES384");
  EXPECT_EQ(refusal_of(curve.sign(claims(), {{"alg", "ES256"}}),
                       provider_with({curve.jwk()}, {"ES256", "ES384"})),
            IDTokenFault::key);
}

TEST(IDToken, KeysThatItBringsAlongAreNotLookedAt) {
  const TokenSigner& attacker = signer_for("RS256");
  const auto by = provider_with({signer().jwk()}, {"RS512", "RS256"});
  for (const auto& [name, key] :
       std::map<std::string, value>{{"jwk", attacker.jwk()},
                                    {"jku", "http://127.0.0.1:1/jwk.json"},
                                    {"x5u", "http://127.0.0.1:1/cert"},
                                    {"x5c", array{"MIIB"}},
                                    {"x5t", "AAAA"}}) {
    EXPECT_EQ(refusal_of(attacker.sign(claims(), {{name, key}}), by), IDTokenFault::signature)
        << name;
    EXPECT_EQ(refusal_of(signer().sign(claims(), {{name, key}}), by), std::nullopt) << name;
  }
}

TEST(IDToken, TheKeyIsTheOneThatItNames) {
  const auto key = [](const char* algorithm, const value& name) {
    object made = signer_for(algorithm).jwk();
    if (!name.is_null()) made["kid"] = name;
    return made;
  };
  const auto refusal_by = [](const array& keys, const object& header) {
    return refusal_of(signer().sign(claims(), header), provider_with(keys));
  };
  const object a{{"kid", "a"}};
  EXPECT_EQ(refusal_by({key("RS256", "b"), key("RS512", "a")}, a), std::nullopt);
  EXPECT_EQ(refusal_by({key("RS512", "b"), key("RS256", "a")}, a), IDTokenFault::signature);
  EXPECT_EQ(refusal_by({key("RS512", "b")}, a), IDTokenFault::key);
  // where one of the two has no name, the key that fits
  EXPECT_EQ(refusal_by({key("RS512", nullptr)}, a), std::nullopt);
  EXPECT_EQ(refusal_by({key("RS256", "b"), key("RS512", nullptr)}, a), std::nullopt);
  EXPECT_EQ(refusal_by({key("RS256", "a"), key("RS512", nullptr)}, a), IDTokenFault::signature);
  EXPECT_EQ(refusal_by({key("RS256", "a"), key("RS512", "b")}, {}), std::nullopt);
  EXPECT_EQ(refusal_by({key("ES256", nullptr), key("RS512", nullptr)}, {}), std::nullopt);
}

TEST(IDToken, ErrorsSayWhatWasExpectedAndNothingOfTheToken) {
  const auto message = [](const std::string& token, const detail::IDTokenProvider& by) {
    try {
      verify(token, by);
      return std::string("no error");
    } catch (const IDTokenError& error) {
      return std::string(error.what());
    }
  };
  const char* const secret = "SECRET";
  for (const char* name : {"iss", "aud", "azp", "nonce", "exp", "sub"}) {
    const std::string said = message(signer().sign(with(name, array{secret, secret})), provider());
    EXPECT_NE(said.find("the id token is refused"), std::string::npos) << said;
    EXPECT_EQ(said.find(secret), std::string::npos) << said;
  }
  EXPECT_NE(message(signer().sign(with("iss", secret)), provider()).find(issuer),
            std::string::npos);
  EXPECT_NE(message(signer().sign(with("aud", secret)), provider()).find(client_id),
            std::string::npos);
  EXPECT_NE(message(signer().sign(with("exp", 0)), provider()).find("64 s"), std::string::npos);
  EXPECT_EQ(message(signer().sign(with("nonce", secret)), provider()).find("the nonce"),
            std::string::npos);
  const std::string unknown = message(signer().sign(claims(), {{"alg", secret}}), provider());
  EXPECT_EQ(unknown.find(secret), std::string::npos) << unknown;
  EXPECT_NE(unknown.find("RS512"), std::string::npos) << unknown;
  const std::string keyless = message(signer().sign(claims(), {{"kid", secret}}),
                                      provider_with({TokenSigner("RS512", 1024).jwk()}));
  EXPECT_EQ(keyless.find(secret), std::string::npos) << keyless;
  EXPECT_NE(keyless.find("1024 bits"), std::string::npos) << keyless;
}

TEST(IDTokenProvider, HasToSayWhatItIs) {
  const Json keys(object{{"keys", {signer().jwk()}}});
  for (const value& configuration : std::vector<value>{
           nullptr, array{}, object{}, object{{"issuer", issuer}},
           object{{"issuer", 5}, {"id_token_signing_alg_values_supported", array{"RS512"}}},
           object{{"issuer", ""}, {"id_token_signing_alg_values_supported", array{"RS512"}}},
           object{{"issuer", issuer}, {"id_token_signing_alg_values_supported", "RS512"}},
           object{{"issuer", issuer}, {"id_token_signing_alg_values_supported", array{5}}}}) {
    EXPECT_EQ(refusal([&] { detail::read_provider(Json(configuration).view(), keys.view()); }),
              IDTokenFault::provider)
        << configuration;
  }
}

TEST(IDTokenProvider, KeysComeFromASafePlaceOnly) {
  const auto uri = [](const value& address) {
    return refusal([&] {
      detail::jwks_uri(Json(object{{"jwks_uri", address}}).view(),
                       detail::Url("http://own.example.org:80/"));
    });
  };
  for (const char* fine : {"https://keys.example.org/jwk", "http://127.0.0.1:5/jwk.json",
                           "http://own.example.org:80/jwk.json"}) {
    EXPECT_EQ(uri(fine), std::nullopt) << fine;
  }
  for (const value& wrong : std::vector<value>{
           nullptr, 5, "", "jwk.json", "/jwk.json", "http://keys.example.org/jwk",
           "http://own.example.org:80@keys.example.org/jwk",
           "https://own.example.org\\@keys.example.org/jwk",
           "http://own.example.org:80\\@keys.example.org:80/jwk", "https://@keys.example.org/jwk",
           "http://own.example.org:8/jwk", "file:///etc/passwd", "ftp://keys.example.org/jwk",
           "https:/keys.example.org/jwk", "https:keys.example.org", " https://keys.example.org/jwk",
           "https://"}) {
    EXPECT_EQ(uri(wrong), IDTokenFault::provider) << wrong;
  }
  const Json capitals(object{{"jwks_uri", "HTTPS://keys.example.org/Jwk"}});
  EXPECT_EQ(detail::jwks_uri(capitals.view(), detail::Url("https://own.example.org/")).text(),
            "https://keys.example.org/Jwk");
}

}  // namespace
}  // namespace globus_sdk
