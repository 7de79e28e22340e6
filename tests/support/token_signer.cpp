// SPDX-License-Identifier: Apache-2.0
#include "support/token_signer.hpp"

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/hmac.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>

#include <array>
#include <stdexcept>
#include <utility>
#include <vector>

#include "core/base/base64.hpp"

namespace globus_sdk_test {

namespace {

using globus_sdk::detail::base64url_encode;
using Context = Handle<EVP_MD_CTX, EVP_MD_CTX_free>;
using Number = Handle<BIGNUM, BN_free>;

void require(bool fine) {
  if (!fine) throw std::runtime_error("OpenSSL refuses what a test asks of it");
}

std::string digest_of(std::string_view algorithm) {
  return "SHA" + std::string(algorithm.substr(2));
}

struct Curve {
  const char* name;
  std::size_t coordinate_size;
};

Curve curve_of(std::string_view algorithm) {
  if (algorithm == "ES256") return {"P-256", 32};
  if (algorithm == "ES384") return {"P-384", 48};
  return {"P-521", 66};
}

SigningKey make_key(std::string_view algorithm, unsigned rsa_bits) {
  if (algorithm == "EdDSA") return SigningKey(EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519"));
  if (algorithm.starts_with("ES")) return SigningKey(EVP_EC_gen(curve_of(algorithm).name));
  return SigningKey(EVP_RSA_gen(rsa_bits));
}

std::string number_of(const SigningKey& key, const char* name, std::size_t size = 0) {
  BIGNUM* number = nullptr;
  require(EVP_PKEY_get_bn_param(key.get(), name, &number) == 1);
  const Number owned(number);
  if (size == 0) size = static_cast<std::size_t>(BN_num_bytes(number));
  std::string bytes(size, '\0');
  require(BN_bn2binpad(number, reinterpret_cast<unsigned char*>(bytes.data()),
                       static_cast<int>(size)) >= 0);
  return bytes;
}

/// ECDSA's two numbers, each of full length.
std::string as_raw(const std::string& der, std::size_t number_size) {
  const auto* begin = reinterpret_cast<const unsigned char*>(der.data());
  const Handle<ECDSA_SIG, ECDSA_SIG_free> numbers(
      d2i_ECDSA_SIG(nullptr, &begin, static_cast<long>(der.size())));
  require(numbers != nullptr);
  std::string raw(2 * number_size, '\0');
  auto* out = reinterpret_cast<unsigned char*>(raw.data());
  const int size = static_cast<int>(number_size);
  require(BN_bn2binpad(ECDSA_SIG_get0_r(numbers.get()), out, size) == size);
  require(BN_bn2binpad(ECDSA_SIG_get0_s(numbers.get()), out + number_size, size) == size);
  return raw;
}

}  // namespace

std::string signing_input(std::string_view header, std::string_view payload) {
  return base64url_encode(header) + "." + base64url_encode(payload);
}

TokenSigner::TokenSigner(std::string algorithm, unsigned rsa_bits)
    : algorithm_(std::move(algorithm)), key_(make_key(algorithm_, rsa_bits)) {
  require(key_ != nullptr);
}

boost::json::object TokenSigner::jwk() const {
  if (algorithm_ == "EdDSA") {
    std::array<unsigned char, 32> x{};
    std::size_t size = x.size();
    require(EVP_PKEY_get_raw_public_key(key_.get(), x.data(), &size) == 1);
    return {{"kty", "OKP"},
            {"crv", "Ed25519"},
            {"x", base64url_encode({reinterpret_cast<const char*>(x.data()), size})}};
  }
  if (algorithm_.starts_with("ES")) {
    const auto [name, size] = curve_of(algorithm_);
    return {{"kty", "EC"},
            {"crv", name},
            {"x", base64url_encode(number_of(key_, OSSL_PKEY_PARAM_EC_PUB_X, size))},
            {"y", base64url_encode(number_of(key_, OSSL_PKEY_PARAM_EC_PUB_Y, size))}};
  }
  return {{"kty", "RSA"},
          {"n", base64url_encode(number_of(key_, OSSL_PKEY_PARAM_RSA_N))},
          {"e", base64url_encode(number_of(key_, OSSL_PKEY_PARAM_RSA_E))}};
}

std::string TokenSigner::pem() const {
  const Handle<BIO, BIO_free> memory(BIO_new(BIO_s_mem()));
  require(PEM_write_bio_PUBKEY(memory.get(), key_.get()) == 1);
  char* text = nullptr;
  const long size = BIO_get_mem_data(memory.get(), &text);
  return {text, static_cast<std::size_t>(size)};
}

std::string TokenSigner::signature(std::string_view message) const {
  const Context context(EVP_MD_CTX_new());
  EVP_PKEY_CTX* key_context = nullptr;
  const std::string digest = algorithm_ == "EdDSA" ? "" : digest_of(algorithm_);
  require(EVP_DigestSignInit_ex(context.get(), &key_context,
                                digest.empty() ? nullptr : digest.c_str(), nullptr, nullptr,
                                key_.get(), nullptr) == 1);
  if (algorithm_.starts_with("PS")) {
    require(EVP_PKEY_CTX_set_rsa_padding(key_context, RSA_PKCS1_PSS_PADDING) == 1);
    require(EVP_PKEY_CTX_set_rsa_pss_saltlen(key_context, RSA_PSS_SALTLEN_DIGEST) == 1);
  }
  const auto* bytes = reinterpret_cast<const unsigned char*>(message.data());
  std::size_t size = 0;
  require(EVP_DigestSign(context.get(), nullptr, &size, bytes, message.size()) == 1);
  std::string signature(size, '\0');
  require(EVP_DigestSign(context.get(), reinterpret_cast<unsigned char*>(signature.data()), &size,
                         bytes, message.size()) == 1);
  signature.resize(size);
  return algorithm_.starts_with("ES") ? as_raw(signature, curve_of(algorithm_).coordinate_size)
                                      : signature;
}

std::string TokenSigner::sign_texts(std::string_view header, std::string_view payload) const {
  const std::string input = signing_input(header, payload);
  return input + "." + base64url_encode(signature(input));
}

std::string TokenSigner::sign(const boost::json::value& payload, boost::json::object header) const {
  if (!header.contains("alg")) header["alg"] = algorithm_;
  return sign_texts(boost::json::serialize(header), boost::json::serialize(payload));
}

std::string sign_with_secret(std::string_view algorithm, std::string_view secret,
                             const boost::json::value& payload) {
  const std::string input =
      signing_input(boost::json::serialize(boost::json::object{{"alg", algorithm}}),
                    boost::json::serialize(payload));
  std::array<unsigned char, EVP_MAX_MD_SIZE> mac{};
  std::size_t size = 0;
  require(EVP_Q_mac(nullptr, "HMAC", nullptr, digest_of(algorithm).c_str(), nullptr, secret.data(),
                    secret.size(), reinterpret_cast<const unsigned char*>(input.data()),
                    input.size(), mac.data(), mac.size(), &size) != nullptr);
  return input + "." + base64url_encode({reinterpret_cast<const char*>(mac.data()), size});
}

}  // namespace globus_sdk_test
