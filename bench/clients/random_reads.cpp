// SPDX-License-Identifier: Apache-2.0
#include "random_reads.hpp"

#include <numeric>
#include <random>
#include <thread>

namespace globus_bench {

namespace {

/// What a thread reads: the sum of the first and the last byte of each part.
std::uint64_t read_randomly(const ReadAt& read_at, std::size_t thread, std::size_t reads) {
  std::mt19937_64 random(thread);
  constexpr auto places = static_cast<std::uint64_t>(random_file_size) - random_read_size;
  std::vector<std::byte> buffer(random_read_size);
  std::uint64_t sum = 0;
  for (std::size_t done = 0; done < reads; ++done) {
    read_at(static_cast<std::int64_t>(random() % places), buffer);
    sum += std::to_integer<std::uint64_t>(buffer.front()) +
           std::to_integer<std::uint64_t>(buffer.back());
  }
  return sum;
}

std::uint64_t read_on_threads(const std::vector<ReadAt>& readers, std::size_t reads) {
  std::vector<std::uint64_t> sums(readers.size());
  std::vector<std::jthread> running;
  for (std::size_t thread = 0; thread < readers.size(); ++thread) {
    running.emplace_back([&readers, &sums, thread, reads] {
      sums[thread] = read_randomly(readers[thread], thread, reads);
    });
  }
  running.clear();  // joins them
  return std::accumulate(sums.begin(), sums.end(), std::uint64_t{0});
}

}  // namespace

Figures measure_random_reads(const std::vector<ReadAt>& readers, std::size_t reads) {
  read_on_threads(readers, 1);
  return measure(readers.size() * reads,
                 [&] { return std::to_string(read_on_threads(readers, reads)); });
}

}  // namespace globus_bench
