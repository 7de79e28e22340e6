// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string_view>

namespace globus_sdk::inline v0::detail {

enum class SignatureScheme { rsa_pkcs1, rsa_pss, ecdsa, eddsa };

/// A signature algorithm of RFC 7518 or RFC 8037 with a public key. Those with a shared secret, and
/// `none`, are not among them: no key that a provider publishes may verify these.
struct SignatureAlgorithm {
  std::string_view name;  ///< the value of `alg`
  SignatureScheme scheme;
  std::string_view key_type;  ///< the key's `kty`
  std::string_view curve;     ///< the key's `crv`; empty for RSA
  const char* digest;         ///< as OpenSSL names it: of the signature and of `at_hash`
  std::size_t number_size;    ///< bytes in each of ECDSA's two numbers
};

/// The algorithm of exactly that name; null when there is none.
const SignatureAlgorithm* find_algorithm(std::string_view name) noexcept;

}  // namespace globus_sdk::inline v0::detail
