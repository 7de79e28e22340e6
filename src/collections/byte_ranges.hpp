// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <vector>

#include "collections/file_part.hpp"

namespace globus_sdk::inline v0::detail {

/// Which bytes of a file are there: parts that neither touch nor overlap, in their order.
class ByteRanges {
 public:
  ByteRanges() = default;

  /// Adds some bytes, whether or not some of them are there already.
  void add(const FilePart& part);
  /// Takes away a byte.
  void remove(std::int64_t offset);

  /// How many bytes are there.
  std::int64_t count() const noexcept { return count_; }
  bool empty() const noexcept { return ends_.empty(); }
  /// The parts that are there.
  std::vector<FilePart> parts() const;
  /// The parts of a file that are not there.
  ///
  /// @param size of the file.
  std::vector<FilePart> missing(std::int64_t size) const;

 private:
  std::map<std::int64_t, std::int64_t> ends_{};  ///< of each part, by its beginning
  std::int64_t count_ = 0;
};

}  // namespace globus_sdk::inline v0::detail
