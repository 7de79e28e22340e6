// SPDX-License-Identifier: Apache-2.0
#include "auth/proof_key.hpp"

#include <openssl/evp.h>
#include <openssl/rand.h>

#include <array>

#include "core/base/base64.hpp"
#include "globus_sdk/core/errors.hpp"

namespace globus_sdk::inline v0::detail {

namespace {

template <std::size_t Size>
std::string_view bytes_of(const std::array<unsigned char, Size>& bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

}  // namespace

std::string random_verifier() {
  std::array<unsigned char, 32> random{};
  if (RAND_bytes(random.data(), static_cast<int>(random.size())) != 1) {
    throw GlobusError("no random numbers are available for a login");
  }
  return base64url_encode(bytes_of(random));
}

std::string checked_verifier(std::string_view verifier) {
  if (verifier.size() < 43 || verifier.size() > 128) {
    throw GlobusSDKUsageError("verifier must have 43 to 128 characters, not " +
                              std::to_string(verifier.size()));
  }
  constexpr std::string_view allowed =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789~_.-";
  if (verifier.find_first_not_of(allowed) != std::string_view::npos) {
    throw GlobusSDKUsageError("verifier may hold letters, digits and ~ _ . - only");
  }
  return std::string(verifier);
}

std::string code_challenge(std::string_view verifier) {
  std::array<unsigned char, 32> digest{};
  if (EVP_Digest(verifier.data(), verifier.size(), digest.data(), nullptr, EVP_sha256(), nullptr) !=
      1) {
    throw GlobusError("SHA-256 cannot be computed");
  }
  return base64url_encode(bytes_of(digest));
}

}  // namespace globus_sdk::inline v0::detail
