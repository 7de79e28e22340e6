// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "collections/file_part.hpp"

namespace globus_sdk::inline v0::detail {

/// What a file is read by.
struct ReadSettings {
  std::int64_t block_size = std::int64_t{256} << 10;  ///< bytes
  std::int64_t blocks = 128;                          ///< that the cache holds; 0 for no cache
  std::int64_t read_ahead = std::int64_t{8} << 20;    ///< bytes
};

/// Tells reads that follow one another from reads here and there, by their places alone, and says
/// what is to be fetched ahead. For one thread at a time.
///
/// Several readers may each read from front to back at the same time.
class AccessPattern {
 public:
  AccessPattern(const ReadSettings& settings, std::int64_t file_size)
      : settings_(settings), file_size_(file_size) {}

  struct Advice {
    /// Whether what is missing is fetched in whole blocks, which stay in the cache; or else as it
    /// was asked for, straight into the caller's memory.
    bool by_blocks = false;
    /// Whole blocks to be fetched ahead; mostly empty.
    FilePart ahead{};
  };

  /// Takes note of a read that begins within the file and is not empty.
  Advice note(const FilePart& read);

 private:
  struct Stream {
    std::int64_t next = -1;  ///< where the next read of it begins; -1 for none
    std::int64_t in_a_row = 0;
    std::int64_t window = 0;       ///< bytes ahead of the reader
    std::int64_t ahead_until = 0;  ///< up to where the bytes were fetched ahead
    std::uint64_t last_read = 0;   ///< its number among the reads
  };

  bool follows(const Stream& stream, const FilePart& read) const;
  Stream& stream_of(const FilePart& read);
  std::int64_t most_ahead() const;
  FilePart ahead_of(Stream& stream, const FilePart& read, std::int64_t most) const;
  bool is_read_again(const FilePart& read);
  std::int64_t end_of_block(std::int64_t position) const;

  ReadSettings settings_;
  std::int64_t file_size_;
  std::uint64_t reads_ = 0;
  std::array<Stream, 16> streams_{};
  std::array<std::int64_t, 32> alone_{};  ///< the last reads here and there: where they ended
  std::size_t next_alone_ = 0;
};

}  // namespace globus_sdk::inline v0::detail
