// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <istream>
#include <optional>
#include <string>
#include <string_view>

namespace globus_sdk::inline v0::detail {

/// The lines of a stream, read in blocks. A line ends in `\n`, `\r\n` or `\r`, as in a text file of
/// Python's. A byte order mark at the beginning belongs to no line.
class BatchLines {
 public:
  /// No two paths are that long. What is longer is not kept, so that a stream that is no batch, and
  /// has no lines, takes no more memory.
  static constexpr std::size_t longest_line = std::size_t{1} << 20U;

  explicit BatchLines(std::istream& stream) : stream_(stream) {}

  /// The next line, without its end; nothing at the end of the stream. It is good until the next
  /// call. Of a line that is too long there is one byte more than fits.
  std::optional<std::string_view> next();
  /// The number of the last line, counted from one.
  std::size_t number() const noexcept { return number_; }

 private:
  /// The part of the block that is not read yet; empty at the end of the stream.
  std::string_view rest();
  void keep(std::string_view part);

  std::istream& stream_;
  std::array<char, 65536> block_{};
  std::size_t at_ = 0;
  std::size_t size_ = 0;
  std::string line_{};
  std::size_t number_ = 0;
};

}  // namespace globus_sdk::inline v0::detail
