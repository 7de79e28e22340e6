// SPDX-License-Identifier: Apache-2.0
// Any bytes are refused as a token, a key set, a configuration or claims with one short error, or
// are what they seem. The first byte says which of them they are.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "auth/verify_id_token.hpp"
#include "core/base/base64.hpp"
#include "fuzz/check.hpp"
#include "globus_sdk/auth/id_token_error.hpp"
#include "globus_sdk/core/json.hpp"

namespace {

using namespace globus_sdk;
using fuzz::check;

/// Those of RFC 7520, section 3.1, and RFC 8037, appendix A.2.
constexpr const char* kept_keys = R"({"keys": [
  {"kty": "EC", "crv": "P-521", "kid": "bilbo.baggins@hobbiton.example",
   "x": "AHKZLLOsCOzz5cY97ewNUajB957y-C-U88c3v13nmGZx6sYl_oJXu9A5RkTKqjqvjyekWF-7ytDyRXYgCF5cj0Kt",
   "y": "AdymlHvOiLxXkEhayXQnNCvDX4h9htZaCJN34kfmC6pV5OhQHiraVySsUdaQkAgDPrwQrJmbnX9cwlGfP-HqHZR1"},
  {"kty": "OKP", "crv": "Ed25519", "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}]})";
constexpr const char* kept_configuration =
    R"({"issuer": "i", "id_token_signing_alg_values_supported": ["ES512", "EdDSA", "none", "HS256"]})";

const detail::IDTokenProvider& provider() {
  static const detail::IDTokenProvider made =
      detail::read_provider(Json::parse(kept_configuration).view(), Json::parse(kept_keys).view());
  return made;
}

JsonView document(std::string_view text) {
  return detail::parse_json(std::string(text)).value_or(JsonView());
}

void try_token(std::string_view text) {
  const detail::JsonWebSignature token = detail::parse_signed_token(text);
  check(text.starts_with(token.signing_input), "what was signed is the token's beginning");
  check(text.substr(token.signing_input.size()) == "." + detail::base64url_encode(token.signature),
        "a signature has one text only");
  const auto& algorithm = detail::check_signature(token, provider().algorithms, provider().keys);
  check(algorithm.name == "ES512" || algorithm.name == "EdDSA", "a key pair has signed");
}

void try_keys(std::string_view text) {
  for (const auto& key : detail::read_keys(document(text)).keys) {
    check(key->pem().starts_with("-----BEGIN PUBLIC KEY-----"), "a key can be written");
    for (const char* name : {"RS512", "PS256", "ES256", "ES384", "ES512", "EdDSA"}) {
      check(!key->verifies(*detail::find_algorithm(name), "message", text), "nothing was signed");
    }
  }
}

void try_configuration(std::string_view text) {
  const JsonView configuration = document(text);
  const detail::Url base("https://auth.example.org/");
  const detail::Url uri = detail::jwks_uri(configuration, base);
  check(uri.scheme() == "https" || uri.is_loopback(), "keys come from a safe place");
  detail::read_provider(configuration, Json::parse(kept_keys).view());
}

void try_claims(std::string_view text) {
  detail::IDTokenExpectations expected;
  expected.audience = "a";
  expected.leeway = std::chrono::seconds(64);
  if (text.size() % 2 == 0) expected.access_token = "t";
  const JsonView claims = document(text);
  detail::check_claims(claims, "i", *detail::find_algorithm("RS512"), expected,
                       std::chrono::system_clock::from_time_t(1'800'000'000));
  check(claims["iss"] == "i" && claims["exp"].as<double>() > 1'799'999'000, "claims are checked");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string input(data, data + size);
  if (input.empty()) return 0;
  const std::string_view text = std::string_view(input).substr(1);
  try {
    switch (input.front()) {
      case 't':
        try_token(text);
        break;
      case 'k':
        try_keys(text);
        break;
      case 'c':
        try_configuration(text);
        break;
      case 'p':
        try_claims(text);
        break;
      default: {
        const auto bytes = detail::base64url_decode(input);
        check(!bytes || detail::base64url_encode(*bytes) == input, "bytes have one text only");
      }
    }
  } catch (const IDTokenError& error) {
    check(std::string_view(error.what()).size() < 20'000, "a message is short");
  }
  return 0;
}
