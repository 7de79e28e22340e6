// SPDX-License-Identifier: Apache-2.0
#include "sandbox/auth/signing_key.hpp"

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>

#include <boost/json.hpp>
#include <stdexcept>
#include <vector>

#include "sandbox/base/base64.hpp"
#include "sandbox/base/openssl_handle.hpp"

namespace globus_sandbox::auth {

namespace json = boost::json;

namespace {

using KeyHandle = OpenSSLHandle<EVP_PKEY, EVP_PKEY_free>;
using BioHandle = OpenSSLHandle<BIO, BIO_free_all>;
using DigestHandle = OpenSSLHandle<EVP_MD_CTX, EVP_MD_CTX_free>;
using NumberHandle = OpenSSLHandle<BIGNUM, BN_free>;

constexpr unsigned key_bits = 2048;
constexpr std::string_view setting_name = "id_token_key";

void check(bool good, const char* doing) {
  if (!good) throw std::runtime_error(std::string("OpenSSL fails at ") + doing);
}

KeyHandle from_pem(const std::string& pem) {
  const BioHandle memory(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
  KeyHandle key(PEM_read_bio_PrivateKey(memory.get(), nullptr, nullptr, nullptr));
  check(key != nullptr, "reading the key of id tokens");
  return key;
}

std::string to_pem(EVP_PKEY* key) {
  const BioHandle memory(BIO_new(BIO_s_mem()));
  check(PEM_write_bio_PrivateKey(memory.get(), key, nullptr, nullptr, 0, nullptr, nullptr) == 1,
        "writing the key of id tokens");
  char* data = nullptr;
  const auto size = BIO_get_mem_data(memory.get(), &data);
  return {data, static_cast<std::size_t>(size)};
}

std::string number(EVP_PKEY* key, const char* name) {
  BIGNUM* raw = nullptr;
  check(EVP_PKEY_get_bn_param(key, name, &raw) == 1, "reading a key's number");
  const NumberHandle value(raw);
  std::string bytes(static_cast<std::size_t>(BN_num_bytes(raw)), '\0');
  BN_bn2bin(raw, reinterpret_cast<unsigned char*>(bytes.data()));
  return base64url_encode(bytes);
}

/// A new key: one for all sandboxes of a process that have none, since a test program starts many
/// and making a key takes longer than most tests.
KeyHandle new_key() {
  static const KeyHandle made(EVP_RSA_gen(key_bits));
  check(made != nullptr && EVP_PKEY_up_ref(made.get()) == 1, "making the key of id tokens");
  return KeyHandle(made.get());
}

}  // namespace

struct SigningKey::Key {
  KeyHandle handle;
};

SigningKey::SigningKey(Settings& settings) : settings_(settings) {}
SigningKey::~SigningKey() = default;

SigningKey::Key& SigningKey::key() {
  const std::lock_guard lock(mutex_);
  if (key_) return *key_;
  if (const auto pem = settings_.get(setting_name)) {
    key_ = std::make_unique<Key>(Key{from_pem(*pem)});
  } else {
    KeyHandle made = new_key();
    settings_.set(setting_name, to_pem(made.get()));
    key_ = std::make_unique<Key>(Key{std::move(made)});
  }
  return *key_;
}

json::object SigningKey::json_web_key() {
  EVP_PKEY* rsa = key().handle.get();
  return {{"kty", "RSA"},
          {"use", "sig"},
          {"alg", "RS512"},
          {"n", number(rsa, OSSL_PKEY_PARAM_RSA_N)},
          {"e", number(rsa, OSSL_PKEY_PARAM_RSA_E)}};
}

std::string SigningKey::sign(const json::object& claims) {
  const std::string text = base64url_encode(R"({"alg":"RS512","typ":"JWT"})") + '.' +
                           base64url_encode(json::serialize(claims));
  const DigestHandle context(EVP_MD_CTX_new());
  check(EVP_DigestSignInit(context.get(), nullptr, EVP_sha512(), nullptr, key().handle.get()) == 1,
        "signing an id token");
  const auto* bytes = reinterpret_cast<const unsigned char*>(text.data());
  std::size_t size = 0;
  check(EVP_DigestSign(context.get(), nullptr, &size, bytes, text.size()) == 1, "signing");
  std::string signature(size, '\0');
  check(EVP_DigestSign(context.get(), reinterpret_cast<unsigned char*>(signature.data()), &size,
                       bytes, text.size()) == 1,
        "signing");
  signature.resize(size);
  return text + '.' + base64url_encode(signature);
}

}  // namespace globus_sandbox::auth
