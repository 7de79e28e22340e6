// SPDX-License-Identifier: Apache-2.0
#include "auth/json_web_key.hpp"

#include <openssl/bio.h>
#include <openssl/core_names.h>
#include <openssl/pem.h>

#include <algorithm>
#include <array>
#include <stdexcept>

#include "core/base/base64.hpp"
#include "core/base/openssl_errors.hpp"
#include "globus_sdk/auth/id_token_error.hpp"

namespace globus_sdk::inline v0::detail {

namespace {

constexpr int shortest_rsa_bits = 2048;
constexpr int longest_rsa_bits = 16384;
/// A provider has a few keys; more would only be work.
constexpr std::size_t most_keys = 100;

/// Why a key is not taken.
class RefusedKey : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

[[noreturn]] void refuse(const std::string& reason) {
  throw RefusedKey("one " + reason);
}

std::optional<std::string> text_member(const JsonView& document, const char* name) {
  const auto member = document.get(name);
  if (!member || member->is_null()) return std::nullopt;
  if (!member->is_string()) refuse(std::string("has a member ") + name + " that is no text");
  return member->as<std::string>();
}

std::string binary_member(const JsonView& document, const char* name) {
  const auto text = text_member(document, name);
  auto bytes = text ? base64url_decode(*text) : std::nullopt;
  if (!bytes || bytes->empty()) refuse(std::string("has no ") + name + " in base64url");
  return std::move(*bytes);
}

BigNumber number(std::string_view bytes) {
  return BigNumber(BN_bin2bn(unsigned_bytes(bytes), static_cast<int>(bytes.size()), nullptr));
}

PublicKey key_from(const char* type, const ParameterBuilder& builder) {
  const Parameters parameters(OSSL_PARAM_BLD_to_param(builder.get()));
  const PublicKeyContext context(EVP_PKEY_CTX_new_from_name(nullptr, type, nullptr));
  EVP_PKEY* key = nullptr;
  if (!parameters || !context || EVP_PKEY_fromdata_init(context.get()) != 1 ||
      EVP_PKEY_fromdata(context.get(), &key, EVP_PKEY_PUBLIC_KEY, parameters.get()) != 1) {
    refuse(std::string("is no valid ") + type + " key");
  }
  return PublicKey(key);
}

void check_valid(const PublicKey& key, const char* type) {
  const PublicKeyContext context(EVP_PKEY_CTX_new_from_pkey(nullptr, key.get(), nullptr));
  if (!context || EVP_PKEY_public_check(context.get()) != 1) {
    refuse(std::string("is no valid ") + type + " key");
  }
}

PublicKey rsa_key(const JsonView& document) {
  const BigNumber modulus = number(binary_member(document, "n"));
  const BigNumber exponent = number(binary_member(document, "e"));
  if (!modulus || !exponent) refuse("is no valid RSA key");
  const int bits = BN_num_bits(modulus.get());
  if (bits < shortest_rsa_bits || bits > longest_rsa_bits) {
    refuse("is an RSA key of " + std::to_string(bits) + " bits, not of " +
           std::to_string(shortest_rsa_bits) + " to " + std::to_string(longest_rsa_bits));
  }
  if (BN_is_odd(exponent.get()) == 0 || BN_is_one(exponent.get()) != 0 ||
      BN_num_bits(exponent.get()) > 64) {
    refuse("is an RSA key with an exponent that is not valid");
  }
  const ParameterBuilder builder(OSSL_PARAM_BLD_new());
  OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_N, modulus.get());
  OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_E, exponent.get());
  return key_from("RSA", builder);
}

struct Curve {
  std::string_view name;
  const char* group;  // as OpenSSL names it
  std::size_t coordinate_size;
};
constexpr std::array<Curve, 3> curves{
    {{"P-256", "prime256v1", 32}, {"P-384", "secp384r1", 48}, {"P-521", "secp521r1", 66}}};

PublicKey ec_key(const JsonView& document, std::string_view curve_name) {
  const auto* curve = std::ranges::find(curves, curve_name, &Curve::name);
  if (curve == curves.end()) refuse("is on a curve that is not P-256, P-384 or P-521");
  const std::string x = binary_member(document, "x");
  const std::string y = binary_member(document, "y");
  if (x.size() != curve->coordinate_size || y.size() != curve->coordinate_size) {
    refuse("has coordinates of another length than its curve's");
  }
  const std::string point = "\x04" + x + y;  // 4: both coordinates follow
  const ParameterBuilder builder(OSSL_PARAM_BLD_new());
  OSSL_PARAM_BLD_push_utf8_string(builder.get(), OSSL_PKEY_PARAM_GROUP_NAME, curve->group, 0);
  OSSL_PARAM_BLD_push_octet_string(builder.get(), OSSL_PKEY_PARAM_PUB_KEY, point.data(),
                                   point.size());
  PublicKey key = key_from("EC", builder);
  check_valid(key, "EC");
  return key;
}

PublicKey edwards_key(const JsonView& document, std::string_view curve_name) {
  if (curve_name != "Ed25519") refuse("is on a curve that is not Ed25519");
  const std::string x = binary_member(document, "x");
  PublicKey key(
      EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, unsigned_bytes(x), x.size()));
  if (!key) refuse("is no valid Ed25519 key");
  return key;
}

void check_use(const JsonView& document) {
  if (text_member(document, "use").value_or("sig") != "sig") refuse("is not for signatures (use)");
  const auto operations = document.get("key_ops");
  if (!operations || operations->is_null()) return;
  if (!operations->is_array() || std::none_of(operations->begin(), operations->end(),
                                              [](const auto& name) { return name == "verify"; })) {
    refuse("is not to verify with (key_ops)");
  }
}

PublicKey public_key(const JsonView& document, const std::string& type, const std::string& curve) {
  if (type == "RSA") return rsa_key(document);
  if (type == "EC") return ec_key(document, curve);
  if (type == "OKP") return edwards_key(document, curve);
  refuse("is of a type that is not RSA, EC or OKP");
}

}  // namespace

bool JsonWebKey::is_for(const SignatureAlgorithm& algorithm) const noexcept {
  return key_type_ == algorithm.key_type && curve_ == algorithm.curve &&
         (!algorithm_ || *algorithm_ == algorithm.name);
}

std::string JsonWebKey::pem() const {
  const OpenSSLErrors errors;
  const OpenSSLHandle<BIO, BIO_free> memory(BIO_new(BIO_s_mem()));
  if (!memory || PEM_write_bio_PUBKEY(memory.get(), key_.get()) != 1) {
    throw GlobusError("a key cannot be written as PEM");
  }
  char* text = nullptr;
  const long size = BIO_get_mem_data(memory.get(), &text);
  return {text, static_cast<std::size_t>(size)};
}

namespace {

JsonWebKey read_key_or_refuse(const JsonView& document) {
  const OpenSSLErrors errors;
  if (!document.is_object()) refuse("is no JSON object");
  check_use(document);
  const std::string type = text_member(document, "kty").value_or("");
  const std::string curve = type == "RSA" ? "" : text_member(document, "crv").value_or("");
  JsonWebKey key(type, curve, public_key(document, type, curve));
  key.set_key_id(text_member(document, "kid"));
  key.set_algorithm(text_member(document, "alg"));
  return key;
}

}  // namespace

JsonWebKey read_key(const JsonView& document) {
  try {
    return read_key_or_refuse(document);
  } catch (const RefusedKey& refused) {
    throw IDTokenError(IDTokenFault::key, std::string("of the provider's keys ") + refused.what());
  }
}

JsonWebKeySet read_keys(const JsonView& document) {
  const auto keys = document.get("keys");
  JsonWebKeySet set;
  if (!keys && document.contains("kty")) {
    set.keys.push_back(std::make_shared<const JsonWebKey>(read_key(document)));
    return set;
  }
  if (!keys || !keys->is_array() || keys->size() > most_keys) {
    throw IDTokenError(IDTokenFault::provider,
                       "the provider's key set is no JSON object with a list of at most " +
                           std::to_string(most_keys) + " keys");
  }
  for (const JsonView key : *keys) {
    try {
      set.keys.push_back(std::make_shared<const JsonWebKey>(read_key_or_refuse(key)));
    } catch (const RefusedKey& refused) {
      set.refused.emplace_back(refused.what());
    }
  }
  return set;
}

}  // namespace globus_sdk::inline v0::detail
