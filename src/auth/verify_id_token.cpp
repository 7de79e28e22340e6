// SPDX-License-Identifier: Apache-2.0
#include "auth/verify_id_token.hpp"

#include <algorithm>
#include <memory>

#include "globus_sdk/auth/id_token_error.hpp"

namespace globus_sdk::inline v0::detail {

namespace {

using Keys = std::vector<std::shared_ptr<const JsonWebKey>>;

std::string list(const std::vector<std::string>& texts) {
  std::string joined;
  for (const std::string& text : texts) joined += (joined.empty() ? "" : ", ") + text;
  return joined.empty() ? "none" : joined;
}

const SignatureAlgorithm& algorithm_of(const JsonWebSignature& token,
                                       const std::vector<std::string>& announced) {
  const SignatureAlgorithm* algorithm = find_algorithm(token.algorithm);
  if (algorithm == nullptr) {
    throw IDTokenError(
        IDTokenFault::algorithm,
        "it is not signed by a known algorithm with a key pair (alg): expected " + list(announced));
  }
  if (std::ranges::find(announced, token.algorithm) == announced.end()) {
    throw IDTokenError(IDTokenFault::algorithm, "it is signed with " + token.algorithm +
                                                    " (alg), and the provider announces " +
                                                    list(announced));
  }
  return *algorithm;
}

/// The keys that may have made the signature.
Keys candidates(const JsonWebSignature& token, const SignatureAlgorithm& algorithm,
                const JsonWebKeySet& set) {
  Keys named;
  Keys nameless;
  for (const auto& key : set.keys) {
    if (!key->is_for(algorithm)) continue;
    if (!token.key_id || !key->key_id()) {
      nameless.push_back(key);
    } else if (key->key_id() == token.key_id) {
      named.push_back(key);
    }
  }
  return named.empty() ? nameless : named;
}

[[noreturn]] void refuse_for_want_of_key(const JsonWebSignature& token,
                                         const SignatureAlgorithm& algorithm,
                                         const JsonWebKeySet& set) {
  std::string message = "the provider has no key for " + std::string(algorithm.name);
  if (token.key_id) message += " with the token's kid";
  for (const std::string& reason : set.refused) message += "; of its keys " + reason;
  throw IDTokenError(IDTokenFault::key, message);
}

}  // namespace

const SignatureAlgorithm& check_signature(const JsonWebSignature& token,
                                          const std::vector<std::string>& announced,
                                          const JsonWebKeySet& keys) {
  const SignatureAlgorithm& algorithm = algorithm_of(token, announced);
  const Keys fitting = candidates(token, algorithm, keys);
  if (fitting.empty()) refuse_for_want_of_key(token, algorithm, keys);
  const bool verified = std::ranges::any_of(fitting, [&](const auto& key) {
    return key->verifies(algorithm, token.signing_input, token.signature);
  });
  if (!verified) {
    throw IDTokenError(IDTokenFault::signature, "its " + std::string(algorithm.name) +
                                                    " signature is not by a key of the provider");
  }
  return algorithm;
}

JsonView verify_id_token(const JsonWebSignature& token, const IDTokenProvider& provider,
                         const IDTokenExpectations& expected,
                         std::chrono::system_clock::time_point now) {
  const SignatureAlgorithm& algorithm = check_signature(token, provider.algorithms, provider.keys);
  const auto claims = parse_json(token.payload);
  if (!claims) throw IDTokenError(IDTokenFault::malformed, "its payload is no JSON");
  if (!claims->is_object()) {
    throw IDTokenError(IDTokenFault::malformed, "its payload is no JSON object");
  }
  check_claims(*claims, provider.issuer, algorithm, expected, now);
  return *claims;
}

}  // namespace globus_sdk::inline v0::detail
