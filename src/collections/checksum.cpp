// SPDX-License-Identifier: Apache-2.0
#include "globus_sdk/collections/checksum.hpp"

#include <algorithm>
#include <string_view>

#include "collections/file_digest.hpp"
#include "core/base/ascii.hpp"
#include "core/base/hexadecimal.hpp"
#include "globus_sdk/core/errors.hpp"

namespace globus_sdk::inline v0 {

namespace {

std::string checked_algorithm(std::string_view name) {
  std::string algorithm = detail::ascii_lowered(std::string(name));
  std::erase(algorithm, '-');
  if (detail::digest_size(algorithm) == 0) {
    throw GlobusSDKUsageError("algorithm must be md5, sha1, sha256 or sha512, not '" +
                              std::string(name) + "'");
  }
  return algorithm;
}

std::string checked_digits(const std::string& algorithm, std::string_view digits) {
  const std::size_t needed = 2 * detail::digest_size(algorithm);
  const bool are_digits =
      std::ranges::all_of(digits, [](char c) { return detail::hexadecimal_value(c) >= 0; });
  if (digits.size() != needed || !are_digits) {
    throw GlobusSDKUsageError("hexadecimal must be the " + std::to_string(needed) +
                              " hexadecimal digits of a checksum by " + algorithm);
  }
  return detail::ascii_lowered(std::string(digits));
}

}  // namespace

Checksum::Checksum(Text algorithm, Text hexadecimal)
    : algorithm_(checked_algorithm(algorithm)),
      hexadecimal_(checked_digits(algorithm_, hexadecimal)) {}

}  // namespace globus_sdk::inline v0
