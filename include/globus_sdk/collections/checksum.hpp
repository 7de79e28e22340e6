// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "globus_sdk/core/text.hpp"

namespace globus_sdk::inline v0 {

/// A checksum that a file must have.
class Checksum {
 public:
  /// @param algorithm `md5`, `sha1`, `sha256`, `sha512`, in small or capital letters, with or
  ///   without a hyphen: the names that Globus Transfer uses for `verify_checksum` and
  ///   `external_checksum`.
  /// @param hexadecimal the checksum's digits.
  /// @throws GlobusSDKUsageError for another algorithm, or digits that are no checksum of it.
  Checksum(Text algorithm, Text hexadecimal);

  /// The algorithm's name in small letters, without a hyphen.
  const std::string& algorithm() const noexcept { return algorithm_; }
  /// The digits in small letters.
  const std::string& hexadecimal() const noexcept { return hexadecimal_; }

 private:
  std::string algorithm_;
  std::string hexadecimal_;
};

}  // namespace globus_sdk::inline v0
