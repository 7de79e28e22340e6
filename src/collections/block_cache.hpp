// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <list>
#include <memory>
#include <span>
#include <unordered_map>
#include <vector>

#include "core/process/single_flight.hpp"

namespace globus_sdk::inline v0::detail {

/// The bytes of one block of a file. They never change once others have the block.
class Block {
 public:
  explicit Block(std::size_t size)
      : size_(size), bytes_(std::make_unique_for_overwrite<std::byte[]>(size)) {}

  std::span<std::byte> bytes() noexcept { return {bytes_.get(), size_}; }
  std::span<const std::byte> bytes() const noexcept { return {bytes_.get(), size_}; }

 private:
  std::size_t size_;
  std::unique_ptr<std::byte[]> bytes_;
};

using SharedBlock = std::shared_ptr<const Block>;
using BlockFlight = std::shared_ptr<Flight<SharedBlock>>;

/// Blocks in a row that one request fetches.
struct BlockFetch {
  std::int64_t first_block = 0;
  std::vector<BlockFlight> flights{};  ///< of each block
  /// Set by the thread that fetches: the first that has time, or that needs one of the blocks.
  std::atomic<bool> has_begun{false};
};

/// The blocks of a file that are in memory, or on their way. For one thread at a time.
class BlockCache {
 public:
  /// @param capacity how many blocks there are at most, but for those on their way.
  explicit BlockCache(std::int64_t capacity) : capacity_(capacity) {}

  struct Found {
    SharedBlock block{};                  ///< null while it is on its way
    std::shared_ptr<BlockFetch> fetch{};  ///< that brings it

    explicit operator bool() const noexcept { return block || fetch; }
  };
  /// A block by its number. One that is there counts as used now.
  Found find(std::int64_t number);
  /// Whether the block is there or on its way.
  bool contains(std::int64_t number) const { return entries_.contains(number); }

  /// Takes note that a fetch brings these blocks, none of which is in the cache.
  ///
  /// @param evicted gets the blocks that have to go: to be freed without a lock.
  void expect(const std::shared_ptr<BlockFetch>& fetch, std::vector<SharedBlock>& evicted);
  /// Puts a block there.
  ///
  /// @param evicted as above.
  void put(std::int64_t number, SharedBlock block, std::vector<SharedBlock>& evicted);
  /// Forgets that a block is on its way.
  void give_up(std::int64_t number) noexcept;

 private:
  struct Entry {
    Found found{};
    std::list<std::int64_t>::iterator place{};  // where the block is there
  };

  void evict(std::vector<SharedBlock>& evicted);

  std::int64_t capacity_;
  std::unordered_map<std::int64_t, Entry> entries_{};
  std::list<std::int64_t> by_use_{};  // those that are there, the last used first
};

}  // namespace globus_sdk::inline v0::detail
