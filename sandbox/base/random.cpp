// SPDX-License-Identifier: Apache-2.0
#include "sandbox/base/random.hpp"

#include <openssl/crypto.h>
#include <openssl/rand.h>

#include <stdexcept>

#include "sandbox/base/base64.hpp"
#include "sandbox/base/secret_record.hpp"
#include "sandbox/base/uuid.hpp"

namespace globus_sandbox {

namespace {

std::string random_bytes(std::size_t count) {
  std::string bytes(count, '\0');
  if (RAND_bytes(reinterpret_cast<unsigned char*>(bytes.data()), static_cast<int>(count)) != 1)
    throw std::runtime_error("the system gives no random bytes");
  return bytes;
}

}  // namespace

std::string random_uuid() {
  std::string bytes = random_bytes(16);
  bytes[6] = static_cast<char>((static_cast<unsigned char>(bytes[6]) & 0x0FU) | 0x40U);
  bytes[8] = static_cast<char>((static_cast<unsigned char>(bytes[8]) & 0x3FU) | 0x80U);
  return uuid_of_bytes(bytes);
}

std::string random_token(std::size_t bytes) {
  std::string token = base64url_encode(random_bytes(bytes));
  record_secret(token);
  return token;
}

std::string random_request_id() {
  static constexpr std::string_view letters =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
  std::string result = random_bytes(9);
  for (char& c : result) c = letters[static_cast<unsigned char>(c) % letters.size()];
  return result;
}

bool equal_secrets(std::string_view a, std::string_view b) {
  return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

}  // namespace globus_sandbox
