// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace globus_sandbox::https {

/// Bytes of a file that stand one after the other.
struct ByteRange {
  std::uint64_t offset = 0;  ///< of the first one
  std::uint64_t size = 0;    ///< at least 1

  bool operator==(const ByteRange&) const = default;
};

/// What a Range header asks for (RFC 9110, 14.1.2 and 14.2): those of its ranges that the file has
/// bytes of, in their order; none where that is none of them, which is a 416. Nothing at all for a
/// header that a server ignores: of another unit than bytes, malformed, or with more ranges than
/// anybody needs.
/// @param file_size in bytes
std::optional<std::vector<ByteRange>> read_byte_ranges(std::string_view header,
                                                       std::uint64_t file_size);

}  // namespace globus_sandbox::https
