// SPDX-License-Identifier: Apache-2.0
#include "collections/block_reader.hpp"

#include <algorithm>
#include <cstring>
#include <exception>
#include <utility>

#include "collections/file_ranges.hpp"
#include "core/process/abandoned.hpp"
#include "core/process/helper_threads.hpp"

namespace globus_sdk::inline v0::detail {

/// Takes the blocks of a fetch, and passes on each as soon as it is whole.
class BlockReader::BlocksSink final : public PartSink {
 public:
  BlocksSink(BlockReader& reader, std::shared_ptr<BlockFetch> fetch, const FilePart& part)
      : PartSink(reader.source_.file(), part), reader_(reader), fetch_(std::move(fetch)) {}

  std::size_t landed() const noexcept { return landed_; }

 private:
  /// What belongs to blocks that others have already comes once more after a break. It stays as it
  /// is.
  void take(std::int64_t at, std::span<const std::byte> bytes) override {
    const std::int64_t begin = static_cast<std::int64_t>(landed_) * reader_.settings_.block_size;
    const std::int64_t known = std::clamp<std::int64_t>(begin - at, 0, std::ssize(bytes));
    bytes = bytes.subspan(static_cast<std::size_t>(known));
    auto filled = static_cast<std::size_t>(at + known - begin);
    while (!bytes.empty()) {
      if (!block_) block_ = make_block();
      const std::span<std::byte> room = block_->bytes().subspan(filled);
      const std::size_t count = std::min(room.size(), bytes.size());
      std::memcpy(room.data(), bytes.data(), count);
      bytes = bytes.subspan(count);
      filled += count;
      if (count < room.size()) return;
      reader_.land(*fetch_, landed_, std::exchange(block_, nullptr));
      ++landed_;
      filled = 0;
    }
  }
  std::shared_ptr<Block> make_block() const {
    const std::int64_t number = fetch_->first_block + static_cast<std::int64_t>(landed_);
    return std::make_shared<Block>(reader_.size_of(number));
  }

  BlockReader& reader_;  // which waits for the fetch to end
  std::shared_ptr<BlockFetch> fetch_;
  std::shared_ptr<Block> block_{};  // that is being filled
  std::size_t landed_ = 0;
};

BlockReader::BlockReader(PartSource source, const ReadSettings& settings)
    : source_(std::move(source)),
      settings_(settings),
      shared_(new Shared(settings_, source_.file()->size)),
      callers_stop_(stop_of(source_.connection()), StopAhead{&ahead_stop_}),
      ahead_connection_(stopped_by(source_.connection(), ahead_stop_.get_token())) {}

BlockReader::~BlockReader() {
  std::unique_ptr<Shared> last(shared_.load());
  if (last->process != fork_count()) abandon(std::shared_ptr<const Shared>(std::move(last)));
}

BlockReader::Shared& BlockReader::shared() {
  Shared* now = shared_.load(std::memory_order_acquire);
  if (now->process == fork_count()) return *now;
  auto fresh = std::make_unique<Shared>(settings_, source_.file()->size);
  if (!shared_.compare_exchange_strong(now, fresh.get())) return *now;  // of another thread
  abandon(std::shared_ptr<const Shared>(now));
  return *fresh.release();
}

void BlockReader::read(std::int64_t offset, std::span<std::byte> buffer) {
  ReadLimits limits(source_.connection());
  std::vector<SharedBlock> evicted;  // freed when the lock is not held
  const std::int64_t end = offset + std::ssize(buffer);
  Shared& here = shared();
  std::unique_lock lock(here.mutex);
  const AccessPattern::Advice advice = here.pattern.note({offset, std::ssize(buffer)});
  if (advice.ahead.size > 0) {
    const Fetches ahead = expect_ahead(here, advice.ahead, evicted);
    lock.unlock();
    start(ahead);
    lock.lock();
  }
  for (std::int64_t position = offset; position < end;) {
    const std::int64_t number = block_of(position);
    BlockCache::Found found = here.cache.find(number);
    if (!found && advice.by_blocks) found.fetch = expect(here, number, block_of(end - 1), evicted);
    const std::int64_t until = found ? end : end_of_gap(here, position, end);
    lock.unlock();
    const auto to = buffer.subspan(static_cast<std::size_t>(position - offset),
                                   static_cast<std::size_t>(until - position));
    if (found.fetch) found.block = wait_for(found.fetch, number, limits);
    if (found.block) {
      position += static_cast<std::int64_t>(copy(*found.block, position, to));
    } else {
      fetch_ranges(source_, {FileRange{position, to}}, limits.connection());
      position = until;
    }
    if (position < end) lock.lock();
  }
}

bool BlockReader::read_cached(std::int64_t offset, std::span<std::byte> buffer) {
  const std::int64_t first = block_of(offset);
  const std::int64_t last = block_of(offset + std::ssize(buffer) - 1);
  if (last - first >= settings_.blocks) return false;
  std::vector<SharedBlock> blocks;
  {
    Shared& here = shared();
    const std::lock_guard lock(here.mutex);
    for (std::int64_t number = first; number <= last; ++number) {
      blocks.push_back(here.cache.find(number).block);
      if (!blocks.back()) return false;
    }
  }
  for (const SharedBlock& block : blocks) {
    const std::size_t count = copy(*block, offset, buffer);
    offset += static_cast<std::int64_t>(count);
    buffer = buffer.subspan(count);
  }
  return true;
}

void BlockReader::keep(std::int64_t number, SharedBlock block) {
  if (settings_.blocks == 0) return;
  std::vector<SharedBlock> evicted;
  Shared& here = shared();
  const std::lock_guard lock(here.mutex);
  here.cache.put(number, std::move(block), evicted);
}

/// Takes note that the blocks from `first` on, up to `last` or the first that is known, are to be
/// fetched. Needs the lock.
std::shared_ptr<BlockFetch> BlockReader::expect(Shared& here, std::int64_t first, std::int64_t last,
                                                std::vector<SharedBlock>& evicted) const {
  auto fetch = std::make_shared<BlockFetch>();
  fetch->first_block = first;
  for (std::int64_t number = first; number <= last && !here.cache.contains(number); ++number) {
    fetch->flights.push_back(std::make_shared<Flight<SharedBlock>>());
  }
  here.cache.expect(fetch, evicted);
  return fetch;
}

/// The same for all blocks of a part. Needs the lock.
BlockReader::Fetches BlockReader::expect_ahead(Shared& here, const FilePart& part,
                                               std::vector<SharedBlock>& evicted) const {
  const std::int64_t last = block_of(std::min(part.end(), source_.file()->size) - 1);
  Fetches fetches;
  for (std::int64_t number = block_of(part.offset); number <= last; ++number) {
    if (here.cache.contains(number)) continue;
    fetches.push_back(expect(here, number, last, evicted));
    number += std::ssize(fetches.back()->flights) - 1;
  }
  return fetches;
}

/// Has helper threads fetch. Where there is no thread, the reader goes on without.
void BlockReader::start(const Fetches& fetches) noexcept {
  for (const auto& expected : fetches) {
    try {
      run_on_body_thread([self = shared_from_this(), expected] {
        if (expected->has_begun.exchange(true)) return;
        self->fetch(expected, self->ahead_connection_);
      });
    } catch (...) {
      if (!expected->has_begun.exchange(true)) give_up(*expected, 0, std::current_exception());
    }
  }
}

/// Fetches blocks. Those who wait for them get them, or what was thrown.
void BlockReader::fetch(const std::shared_ptr<BlockFetch>& fetch,
                        const Connection& connection) noexcept {
  std::shared_ptr<BlocksSink> sink;
  try {
    const std::int64_t offset = fetch->first_block * settings_.block_size;
    const std::int64_t end = offset + std::ssize(fetch->flights) * settings_.block_size;
    const FilePart part{offset, std::min(end, source_.file()->size) - offset};
    sink = std::make_shared<BlocksSink>(*this, fetch, part);
    source_.fetch(sink, connection);
  } catch (...) {
    give_up(*fetch, sink ? sink->landed() : 0, std::current_exception());
  }
}

void BlockReader::land(const BlockFetch& fetch, std::size_t index, const SharedBlock& block) {
  std::vector<SharedBlock> evicted;
  {
    Shared& here = shared();
    const std::lock_guard lock(here.mutex);
    here.cache.put(fetch.first_block + static_cast<std::int64_t>(index), block, evicted);
  }
  fetch.flights.at(index)->land(block);
}

/// @param landed how many blocks came. The next reader of another asks for it anew.
void BlockReader::give_up(const BlockFetch& fetch, std::size_t landed,
                          const std::exception_ptr& why) noexcept {
  {
    Shared& here = shared();
    const std::lock_guard lock(here.mutex);
    for (std::size_t index = landed; index < fetch.flights.size(); ++index) {
      here.cache.give_up(fetch.first_block + static_cast<std::int64_t>(index));
    }
  }
  for (std::size_t index = landed; index < fetch.flights.size(); ++index) {
    fetch.flights[index]->fail(why);
  }
}

/// A block that is on its way. What no thread has begun to fetch is fetched by this one: helper
/// threads may be busy for long.
SharedBlock BlockReader::wait_for(const std::shared_ptr<BlockFetch>& expected, std::int64_t number,
                                  ReadLimits& limits) {
  const auto index = static_cast<std::size_t>(number - expected->first_block);
  const BlockFlight& flight = expected->flights.at(index);
  const Connection connection = limits.connection();
  if (!expected->has_begun.exchange(true)) {
    fetch(expected, connection);
  } else if (!flight->await_end(limits.get())) {
    limits.throw_ended(source_.file()->path);
  }
  return flight->result();
}

/// Where the first block that is known begins, up to `end`. Needs the lock.
std::int64_t BlockReader::end_of_gap(const Shared& here, std::int64_t position,
                                     std::int64_t end) const {
  for (std::int64_t number = block_of(position) + 1; number <= block_of(end - 1); ++number) {
    if (here.cache.contains(number)) return number * settings_.block_size;
  }
  return end;
}

/// Copies what the block has from the position on.
///
/// @return how many bytes.
std::size_t BlockReader::copy(const Block& block, std::int64_t position,
                              std::span<std::byte> to) const {
  const auto from =
      block.bytes().subspan(static_cast<std::size_t>(position % settings_.block_size));
  const std::size_t count = std::min(from.size(), to.size());
  std::memcpy(to.data(), from.data(), count);
  return count;
}

/// The last block of the file may be shorter than the others.
std::size_t BlockReader::size_of(std::int64_t block) const {
  const std::int64_t left = source_.file()->size - block * settings_.block_size;
  return static_cast<std::size_t>(std::min(left, settings_.block_size));
}

}  // namespace globus_sdk::inline v0::detail
