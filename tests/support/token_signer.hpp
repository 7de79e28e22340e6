// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <openssl/evp.h>

#include <boost/json.hpp>
#include <string>
#include <string_view>

#include "support/c_handle.hpp"

namespace globus_sdk_test {

using SigningKey = Handle<EVP_PKEY, EVP_PKEY_free>;

/// Signs tokens as a provider does, with a key made for it.
class TokenSigner {
 public:
  /// @param algorithm `RS256`, `PS384`, `ES512`, `EdDSA`, ...
  explicit TokenSigner(std::string algorithm, unsigned rsa_bits = 2048);

  const std::string& algorithm() const { return algorithm_; }

  /// The public key as a JSON Web Key with nothing but what makes the key.
  boost::json::object jwk() const;
  /// The public key as PEM.
  std::string pem() const;

  /// A token with `alg` in its header.
  std::string sign(const boost::json::value& payload, boost::json::object header = {}) const;
  /// A token of these two texts.
  std::string sign_texts(std::string_view header, std::string_view payload) const;

 private:
  std::string signature(std::string_view message) const;

  std::string algorithm_;
  SigningKey key_;
};

/// A token with a shared secret, which is what an attacker makes of a public key.
std::string sign_with_secret(std::string_view algorithm, std::string_view secret,
                             const boost::json::value& payload);

/// Both parts before the signature.
std::string signing_input(std::string_view header, std::string_view payload);

}  // namespace globus_sdk_test
