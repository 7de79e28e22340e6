// SPDX-License-Identifier: Apache-2.0
#include "sandbox/base/digest.hpp"

#include <openssl/evp.h>

#include <stdexcept>

namespace globus_sandbox {

namespace {

std::string digest(std::string_view bytes, const EVP_MD* kind) {
  std::string result(EVP_MAX_MD_SIZE, '\0');
  unsigned size = 0;
  if (EVP_Digest(bytes.data(), bytes.size(), reinterpret_cast<unsigned char*>(result.data()), &size,
                 kind, nullptr) != 1)
    throw std::runtime_error("OpenSSL computes no digest");
  result.resize(size);
  return result;
}

}  // namespace

std::string sha256(std::string_view bytes) {
  return digest(bytes, EVP_sha256());
}
std::string sha512(std::string_view bytes) {
  return digest(bytes, EVP_sha512());
}

}  // namespace globus_sandbox
