// SPDX-License-Identifier: Apache-2.0
#pragma once

// Reads at random places of a file, the same ones for every side.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "measure.hpp"

namespace globus_bench {

inline constexpr std::size_t reading_threads = 2;
inline constexpr std::size_t random_read_size = std::size_t{64} << 10;
inline constexpr std::int64_t random_file_size = std::int64_t{1} << 30;

/// Fills the buffer with the bytes from an offset on.
using ReadAt = std::function<void(std::int64_t offset, std::span<std::byte> buffer)>;

/// Makes `reads` reads in each of several threads, after one each that opens its connection.
///
/// @param readers one for each thread.
Figures measure_random_reads(const std::vector<ReadAt>& readers, std::size_t reads);

}  // namespace globus_bench
