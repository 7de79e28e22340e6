// SPDX-License-Identifier: Apache-2.0
#include "core/http/body_queues.hpp"

#include <algorithm>
#include <cstring>
#include <utility>

#include "core/process/helper_threads.hpp"

namespace globus_sdk::inline v0::detail {

namespace {

// large enough that changing threads costs little, small enough for a thousand transfers
constexpr std::size_t largest_piece = std::size_t{256} << 10;

}  // namespace

// ---- from the network to a sink -----------------------------------------------------------------

SinkQueue::SinkQueue(std::shared_ptr<BodySink> sink, Wake wake)
    : sink_(std::move(sink)), wake_(std::move(wake)) {}

std::exception_ptr SinkQueue::failure() const noexcept {
  const std::lock_guard lock(mutex_);
  return work_.failure;
}

void SinkQueue::start_work() {
  if (std::exchange(work_.is_running, true)) return;
  try {
    run_on_helper_thread([self = shared_from_this()] { self->work(); });
  } catch (...) {
    work_.is_running = false;
    throw;
  }
}

Flow SinkQueue::begin(const Answer& head) noexcept {
  const std::lock_guard lock(mutex_);
  try {
    head_ = head;
    start_work();
    return Flow::goes_on;
  } catch (...) {
    work_.failure = std::current_exception();
    return Flow::fails;
  }
}

Flow SinkQueue::write(std::span<const std::byte> bytes) noexcept {
  const std::lock_guard lock(mutex_);
  if (work_.failure) return Flow::fails;
  if (!bytes_.empty() && bytes_.size() + bytes.size() > largest_piece) {
    work_.is_transfer_waiting = true;
    return Flow::waits;
  }
  try {
    bytes_.insert(bytes_.end(), bytes.begin(), bytes.end());
    start_work();
    return Flow::goes_on;
  } catch (...) {
    work_.failure = std::current_exception();
    return Flow::fails;
  }
}

bool SinkQueue::close(Rest rest) noexcept {
  const std::lock_guard lock(mutex_);
  work_.is_closed = true;
  if (rest == Rest::is_dropped) {
    head_.reset();
    bytes_.clear();
  }
  return !work_.is_running;
}

std::optional<SinkQueue::Piece> SinkQueue::next() {
  bool wakes = false;
  std::optional<Piece> piece;
  {
    const std::lock_guard lock(mutex_);
    wakes = std::exchange(work_.is_transfer_waiting, false);
    if (work_.failure || (!head_ && bytes_.empty())) {
      work_.is_running = false;
      wakes = wakes || work_.is_closed || work_.failure;
    } else {
      piece.emplace(std::exchange(head_, std::nullopt), std::exchange(bytes_, std::move(spare_)));
      bytes_.clear();
      spare_ = {};
    }
  }
  if (wakes) wake_();
  return piece;
}

void SinkQueue::work() noexcept {
  while (true) {
    try {
      std::optional<Piece> piece = next();
      if (!piece) return;
      if (piece->head) sink_->begin(*piece->head);
      if (!piece->bytes.empty()) sink_->write(piece->bytes);
      const std::lock_guard lock(mutex_);
      spare_ = std::move(piece->bytes);
    } catch (...) {
      const std::lock_guard lock(mutex_);
      work_.failure = std::current_exception();
    }
  }
}

// ---- from a source to the network ---------------------------------------------------------------

SourceQueue::SourceQueue(std::shared_ptr<BodySource> source, Wake wake)
    : source_(std::move(source)), wake_(std::move(wake)) {}

std::exception_ptr SourceQueue::failure() const noexcept {
  const std::lock_guard lock(mutex_);
  return work_.failure;
}

void SourceQueue::start_work() {
  if (std::exchange(work_.is_running, true)) return;
  try {
    run_on_helper_thread([self = shared_from_this()] { self->work(); });
  } catch (...) {
    work_.is_running = false;
    throw;
  }
}

Flow SourceQueue::rewind() noexcept {
  const std::lock_guard lock(mutex_);
  try {
    wants_rewind_ = true;
    has_ended_ = false;
    bytes_.clear();
    taken_ = 0;
    start_work();
    return Flow::goes_on;
  } catch (...) {
    work_.failure = std::current_exception();
    return Flow::fails;
  }
}

Flow SourceQueue::read(std::span<std::byte> buffer, std::size_t& count) noexcept {
  const std::lock_guard lock(mutex_);
  count = 0;
  if (work_.failure) return Flow::fails;
  if (taken_ == bytes_.size()) {
    if (has_ended_) return Flow::goes_on;
    work_.is_transfer_waiting = true;
    return Flow::waits;
  }
  count = std::min(buffer.size(), bytes_.size() - taken_);
  std::memcpy(buffer.data(), bytes_.data() + taken_, count);
  taken_ += count;
  try {
    if (taken_ == bytes_.size() && !has_ended_) start_work();
    return Flow::goes_on;
  } catch (...) {
    work_.failure = std::current_exception();
    return Flow::fails;
  }
}

bool SourceQueue::close() noexcept {
  const std::lock_guard lock(mutex_);
  work_.is_closed = true;
  return !work_.is_running;
}

std::optional<SourceQueue::Turn> SourceQueue::next() {
  bool wakes = false;
  std::optional<Turn> turn;
  {
    const std::lock_guard lock(mutex_);
    const bool has_enough = !wants_rewind_ && (has_ended_ || taken_ < bytes_.size());
    const bool is_at_end = work_.is_closed && !wants_rewind_;
    if (work_.failure || is_at_end || has_enough) {
      work_.is_running = false;
      wakes = std::exchange(work_.is_transfer_waiting, false) || work_.is_closed ||
              work_.failure != nullptr;
    } else {
      // an empty body may have gone before its source was rewound, which is promised all the same
      turn.emplace(Turn{std::exchange(wants_rewind_, false), !work_.is_closed});
    }
  }
  if (wakes) wake_();
  return turn;
}

void SourceQueue::keep(std::vector<std::byte> bytes, std::size_t count) {
  const std::lock_guard lock(mutex_);
  if (wants_rewind_) return;  // since it was read
  bytes.resize(count);
  has_ended_ = count == 0;
  bytes_ = std::move(bytes);
  taken_ = 0;
}

void SourceQueue::work() noexcept {
  while (true) {
    try {
      const std::optional<Turn> turn = next();
      if (!turn) return;
      if (turn->rewinds) source_->rewind();
      if (!turn->reads) continue;
      std::vector<std::byte> bytes(largest_piece);
      const std::size_t count = read_from(*source_, bytes);
      keep(std::move(bytes), count);
    } catch (...) {
      const std::lock_guard lock(mutex_);
      work_.failure = std::current_exception();
    }
  }
}

}  // namespace globus_sdk::inline v0::detail
