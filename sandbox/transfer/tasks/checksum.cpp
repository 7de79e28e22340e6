// SPDX-License-Identifier: Apache-2.0
#include "sandbox/transfer/tasks/checksum.hpp"

#include <openssl/evp.h>

#include <array>
#include <stdexcept>

#include "sandbox/base/hexadecimal.hpp"

namespace globus_sandbox::transfer {

namespace {

constexpr std::array<const char*, 6> algorithms{"MD5",    "SHA1",   "SHA224",
                                                "SHA256", "SHA384", "SHA512"};

std::string plain(std::string_view name) {
  std::string result;
  for (const char c : name) {
    if (c == '-' || c == '_') continue;
    result += c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
  }
  return result;
}

}  // namespace

std::optional<std::string> find_checksum_algorithm(std::string_view name) {
  const auto wanted = plain(name);
  for (const auto* algorithm : algorithms)
    if (wanted == algorithm) return wanted;
  return std::nullopt;
}

void Checksum::Free::operator()(evp_md_ctx_st* context) const {
  EVP_MD_CTX_free(context);
}

Checksum::Checksum(const std::string& algorithm) : context_(EVP_MD_CTX_new()) {
  const EVP_MD* kind = EVP_get_digestbyname(algorithm.c_str());
  if (!context_ || kind == nullptr || EVP_DigestInit_ex(context_.get(), kind, nullptr) != 1)
    throw std::runtime_error("OpenSSL computes no " + algorithm);
}

void Checksum::add(const char* bytes, std::size_t count) {
  if (EVP_DigestUpdate(context_.get(), bytes, count) != 1)
    throw std::runtime_error("OpenSSL computes no checksum");
}

std::string Checksum::finish() {
  std::array<unsigned char, EVP_MAX_MD_SIZE> bytes{};
  unsigned length = 0;
  if (EVP_DigestFinal_ex(context_.get(), bytes.data(), &length) != 1)
    throw std::runtime_error("OpenSSL computes no checksum");
  return hexadecimal({reinterpret_cast<const char*>(bytes.data()), length});
}

}  // namespace globus_sandbox::transfer
