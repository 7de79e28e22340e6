// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace globus_sdk::inline v0::detail {

/// Room on a file's disk that nobody else can take: a file without a name, which goes with the
/// object, and with the process.
class ReservedSpace {
 public:
  /// Enough to write the file anew, or to change it. Where the file system cannot reserve, or has
  /// less, nothing is reserved.
  explicit ReservedSpace(const std::string& filepath) noexcept;
  ~ReservedSpace();
  ReservedSpace(const ReservedSpace&) = delete;
  ReservedSpace& operator=(const ReservedSpace&) = delete;

 private:
  int descriptor_ = -1;
};

}  // namespace globus_sdk::inline v0::detail
