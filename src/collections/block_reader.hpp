// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <memory>
#include <mutex>
#include <span>
#include <stop_token>
#include <vector>

#include "collections/access_pattern.hpp"
#include "collections/block_cache.hpp"
#include "collections/part_source.hpp"
#include "core/process/fork_count.hpp"

namespace globus_sdk::inline v0::detail {

/// Reads a file at any place, with a cache of blocks that reads here and there share, and reads
/// ahead where reads follow one another. Any number of threads may use one.
class BlockReader : public std::enable_shared_from_this<BlockReader> {
 public:
  BlockReader(PartSource source, const ReadSettings& settings);
  ~BlockReader();
  BlockReader(const BlockReader&) = delete;
  BlockReader& operator=(const BlockReader&) = delete;

  const PartSource& source() const noexcept { return source_; }

  /// Reads bytes that are all within the file.
  void read(std::int64_t offset, std::span<std::byte> buffer);
  /// Reads them if all are in the cache.
  ///
  /// @return whether they are.
  bool read_cached(std::int64_t offset, std::span<std::byte> buffer);
  /// Puts a block into the cache.
  void keep(std::int64_t number, SharedBlock block);
  /// Ends what is being fetched ahead: nobody will read it.
  void stop_reading_ahead() noexcept { ahead_stop_.request_stop(); }

 private:
  class BlocksSink;
  using Fetches = std::vector<std::shared_ptr<BlockFetch>>;

  /// What readers change. The child of a fork gets a new one: threads that it does not have may
  /// hold the lock of the other, and be about to fill its blocks.
  struct Shared {
    Shared(const ReadSettings& settings, std::int64_t file_size)
        : cache(settings.blocks), pattern(settings, file_size) {}

    const std::uint64_t process = fork_count();
    std::mutex mutex{};
    BlockCache cache;
    AccessPattern pattern;
  };
  Shared& shared();

  std::shared_ptr<BlockFetch> expect(Shared& here, std::int64_t first, std::int64_t end,
                                     std::vector<SharedBlock>& evicted) const;
  Fetches expect_ahead(Shared& here, const FilePart& part, std::vector<SharedBlock>& evicted) const;
  void start(const Fetches& fetches) noexcept;
  void fetch(const std::shared_ptr<BlockFetch>& fetch, const Connection& connection) noexcept;
  void land(const BlockFetch& fetch, std::size_t index, const SharedBlock& block);
  void give_up(const BlockFetch& fetch, std::size_t landed, const std::exception_ptr& why) noexcept;
  SharedBlock wait_for(const std::shared_ptr<BlockFetch>& fetch, std::int64_t number,
                       ReadLimits& limits);
  std::int64_t end_of_gap(const Shared& here, std::int64_t position, std::int64_t end) const;
  std::size_t copy(const Block& block, std::int64_t position, std::span<std::byte> to) const;

  std::int64_t block_of(std::int64_t position) const { return position / settings_.block_size; }
  std::size_t size_of(std::int64_t block) const;

  struct StopAhead {
    std::stop_source* stop;
    void operator()() const noexcept { stop->request_stop(); }
  };

  const PartSource source_;
  const ReadSettings settings_;
  std::atomic<Shared*> shared_;
  std::stop_source ahead_stop_{};
  const std::stop_callback<StopAhead> callers_stop_;
  const Connection ahead_connection_;
};

}  // namespace globus_sdk::inline v0::detail
