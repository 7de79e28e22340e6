// SPDX-License-Identifier: Apache-2.0
#include "auth/signature_algorithm.hpp"

#include <algorithm>
#include <array>

namespace globus_sdk::inline v0::detail {

const SignatureAlgorithm* find_algorithm(std::string_view name) noexcept {
  using enum SignatureScheme;
  static constexpr std::array<SignatureAlgorithm, 10> algorithms{{
      {"RS256", rsa_pkcs1, "RSA", "", "SHA256", 0},
      {"RS384", rsa_pkcs1, "RSA", "", "SHA384", 0},
      {"RS512", rsa_pkcs1, "RSA", "", "SHA512", 0},
      {"PS256", rsa_pss, "RSA", "", "SHA256", 0},
      {"PS384", rsa_pss, "RSA", "", "SHA384", 0},
      {"PS512", rsa_pss, "RSA", "", "SHA512", 0},
      {"ES256", ecdsa, "EC", "P-256", "SHA256", 32},
      {"ES384", ecdsa, "EC", "P-384", "SHA384", 48},
      {"ES512", ecdsa, "EC", "P-521", "SHA512", 66},
      {"EdDSA", eddsa, "OKP", "Ed25519", "SHA512", 0},
  }};
  const auto* found = std::ranges::find(algorithms, name, &SignatureAlgorithm::name);
  return found == algorithms.end() ? nullptr : found;
}

}  // namespace globus_sdk::inline v0::detail
