// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <openssl/bn.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>

#include <memory>
#include <string_view>

namespace globus_sdk::inline v0::detail {

/// An object of OpenSSL's, freed by that function of its.
template <class T, auto Free> struct OpenSSLDeleter {
  void operator()(T* object) const noexcept { Free(object); }
};
template <class T, auto Free> using OpenSSLHandle = std::unique_ptr<T, OpenSSLDeleter<T, Free>>;

using BigNumber = OpenSSLHandle<BIGNUM, BN_free>;
using Parameters = OpenSSLHandle<OSSL_PARAM, OSSL_PARAM_free>;
using ParameterBuilder = OpenSSLHandle<OSSL_PARAM_BLD, OSSL_PARAM_BLD_free>;
using PublicKey = OpenSSLHandle<EVP_PKEY, EVP_PKEY_free>;
using PublicKeyContext = OpenSSLHandle<EVP_PKEY_CTX, EVP_PKEY_CTX_free>;

/// The bytes as OpenSSL takes them.
inline const unsigned char* unsigned_bytes(std::string_view bytes) noexcept {
  return reinterpret_cast<const unsigned char*>(bytes.data());
}

}  // namespace globus_sdk::inline v0::detail
