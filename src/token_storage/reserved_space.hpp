// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace globus_sdk::inline v0::detail {

/// Room on the disk of a file that nobody else can take: a file without a name. It is deleted with
/// the object, and at the end of the process.
class ReservedSpace {
 public:
  /// Reserves enough room to write the file anew, or to change it. If the file system cannot
  /// reserve, or has less room, nothing is reserved.
  explicit ReservedSpace(const std::string& filepath) noexcept;
  ~ReservedSpace();
  ReservedSpace(const ReservedSpace&) = delete;
  ReservedSpace& operator=(const ReservedSpace&) = delete;

 private:
  int descriptor_ = -1;
};

}  // namespace globus_sdk::inline v0::detail
