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

std::exception_ptr BodyQueue::first_failure() const noexcept {
  const std::lock_guard lock(mutex_);
  return failure_;
}

void BodyQueue::start_work() {
  if (std::exchange(is_running_, true)) return;
  try {
    run_on_body_thread([self = shared_from_this()] { self->work(); });
  } catch (...) {
    is_running_ = false;
    throw;
  }
}

void BodyQueue::work() noexcept {
  while (true) {
    try {
      if (!work_once()) return;
    } catch (...) {
      const std::lock_guard lock(mutex_);
      failure_ = std::current_exception();
    }
  }
}

// ---- from the network to a sink -----------------------------------------------------------------

SinkQueue::SinkQueue(std::shared_ptr<BodySink> sink, Wake wake)
    : BodyQueue(std::move(wake)), sink_(std::move(sink)) {}

Flow SinkQueue::begin(const Answer& head) noexcept {
  const std::lock_guard lock(mutex_);
  return attempt([&] {
    head_ = head;
    start_work();
  });
}

Flow SinkQueue::write(std::span<const std::byte> bytes) noexcept {
  const std::lock_guard lock(mutex_);
  if (failure_) return Flow::fails;
  if (!bytes_.empty() && bytes_.size() + bytes.size() > largest_piece) {
    is_transfer_waiting_ = true;
    return Flow::waits;
  }
  return attempt([&] {
    bytes_.insert(bytes_.end(), bytes.begin(), bytes.end());
    start_work();
  });
}

bool SinkQueue::close(Rest rest) noexcept {
  const std::lock_guard lock(mutex_);
  is_closed_ = true;
  if (rest == Rest::is_dropped) {
    head_.reset();
    bytes_.clear();
  }
  return !is_running_;
}

std::optional<SinkQueue::Piece> SinkQueue::next() {
  bool wakes = false;
  std::optional<Piece> piece;
  {
    const std::lock_guard lock(mutex_);
    wakes = std::exchange(is_transfer_waiting_, false);
    if (failure_ || (!head_ && bytes_.empty())) {
      is_running_ = false;
      wakes = wakes || is_closed_ || failure_;
    } else {
      piece.emplace(std::exchange(head_, std::nullopt), std::exchange(bytes_, std::move(spare_)));
      bytes_.clear();
      spare_ = {};
    }
  }
  if (wakes) wake_();
  return piece;
}

bool SinkQueue::work_once() {
  std::optional<Piece> piece = next();
  if (!piece) return false;
  if (piece->head) sink_->begin(*piece->head);
  if (!piece->bytes.empty()) sink_->write(piece->bytes);
  const std::lock_guard lock(mutex_);
  spare_ = std::move(piece->bytes);
  return true;
}

// ---- from a source to the network ---------------------------------------------------------------

SourceQueue::SourceQueue(std::shared_ptr<BodySource> source, Wake wake)
    : BodyQueue(std::move(wake)), source_(std::move(source)) {}

Flow SourceQueue::rewind() noexcept {
  const std::lock_guard lock(mutex_);
  return attempt([&] {
    wants_rewind_ = true;
    has_ended_ = false;
    bytes_.clear();
    taken_ = 0;
    start_work();
  });
}

Flow SourceQueue::read(std::span<std::byte> buffer, std::size_t& count) noexcept {
  const std::lock_guard lock(mutex_);
  count = 0;
  if (failure_) return Flow::fails;
  if (taken_ == bytes_.size()) {
    if (has_ended_) return Flow::goes_on;
    is_transfer_waiting_ = true;
    return Flow::waits;
  }
  count = std::min(buffer.size(), bytes_.size() - taken_);
  std::memcpy(buffer.data(), bytes_.data() + taken_, count);
  taken_ += count;
  return attempt([&] {
    if (taken_ == bytes_.size() && !has_ended_) start_work();
  });
}

bool SourceQueue::close() noexcept {
  const std::lock_guard lock(mutex_);
  is_closed_ = true;
  return !is_running_;
}

std::optional<SourceQueue::Turn> SourceQueue::next() {
  bool wakes = false;
  std::optional<Turn> turn;
  {
    const std::lock_guard lock(mutex_);
    const bool has_enough = !wants_rewind_ && (has_ended_ || taken_ < bytes_.size());
    const bool is_at_end = is_closed_ && !wants_rewind_;
    if (failure_ || is_at_end || has_enough) {
      is_running_ = false;
      wakes = std::exchange(is_transfer_waiting_, false) || is_closed_ || failure_ != nullptr;
    } else {
      // an empty body may have gone before its source was rewound, which is promised all the same
      turn.emplace(Turn{std::exchange(wants_rewind_, false), !is_closed_});
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

bool SourceQueue::work_once() {
  const std::optional<Turn> turn = next();
  if (!turn) return false;
  if (turn->rewinds) source_->rewind();
  if (!turn->reads) return true;
  std::vector<std::byte> bytes(largest_piece);
  const std::size_t count = read_from(*source_, bytes);
  keep(std::move(bytes), count);
  return true;
}

}  // namespace globus_sdk::inline v0::detail
