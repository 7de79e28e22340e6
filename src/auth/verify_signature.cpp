// SPDX-License-Identifier: Apache-2.0
#include <openssl/crypto.h>
#include <openssl/rsa.h>

#include "auth/json_web_key.hpp"
#include "core/base/openssl_errors.hpp"

namespace globus_sdk::inline v0::detail {

namespace {

using DigestContext = OpenSSLHandle<EVP_MD_CTX, EVP_MD_CTX_free>;
using EcdsaSignature = OpenSSLHandle<ECDSA_SIG, ECDSA_SIG_free>;

/// ECDSA's two numbers, one after the other and each of full length, in the form that OpenSSL
/// reads; empty when they are of another length.
std::string as_der(std::string_view signature, std::size_t number_size) {
  if (signature.size() != 2 * number_size) return {};
  const int size = static_cast<int>(number_size);
  BigNumber r(BN_bin2bn(unsigned_bytes(signature), size, nullptr));
  BigNumber s(BN_bin2bn(unsigned_bytes(signature.substr(number_size)), size, nullptr));
  const EcdsaSignature numbers(ECDSA_SIG_new());
  if (!r || !s || !numbers || ECDSA_SIG_set0(numbers.get(), r.get(), s.get()) != 1) return {};
  static_cast<void>(r.release());  // they are the signature's now
  static_cast<void>(s.release());
  const int length = i2d_ECDSA_SIG(numbers.get(), nullptr);
  if (length <= 0) return {};
  std::string der(static_cast<std::size_t>(length), '\0');
  auto* end = reinterpret_cast<unsigned char*>(der.data());
  return i2d_ECDSA_SIG(numbers.get(), &end) == length ? der : std::string();
}

/// RFC 7518, section 3.5: the salt is as long as the digest, which is the mask's too.
bool use_pss(EVP_PKEY_CTX* context) {
  return EVP_PKEY_CTX_set_rsa_padding(context, RSA_PKCS1_PSS_PADDING) == 1 &&
         EVP_PKEY_CTX_set_rsa_pss_saltlen(context, RSA_PSS_SALTLEN_DIGEST) == 1;
}

}  // namespace

bool JsonWebKey::verifies(const SignatureAlgorithm& algorithm, std::string_view message,
                          std::string_view signature) const {
  if (!is_for(algorithm)) return false;
  const OpenSSLErrors errors;
  std::string der;
  if (algorithm.scheme == SignatureScheme::ecdsa) {
    der = as_der(signature, algorithm.number_size);
    if (der.empty()) return false;
    signature = der;
  }
  const DigestContext context(EVP_MD_CTX_new());
  EVP_PKEY_CTX* key_context = nullptr;  // the other context's own
  const bool has_digest = algorithm.scheme != SignatureScheme::eddsa;
  if (!context ||
      EVP_DigestVerifyInit_ex(context.get(), &key_context, has_digest ? algorithm.digest : nullptr,
                              nullptr, nullptr, key_.get(), nullptr) != 1) {
    return false;
  }
  if (algorithm.scheme == SignatureScheme::rsa_pss && !use_pss(key_context)) return false;
  return EVP_DigestVerify(context.get(), unsigned_bytes(signature), signature.size(),
                          unsigned_bytes(message), message.size()) == 1;
}

}  // namespace globus_sdk::inline v0::detail
