// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <exception>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <utility>
#include <vector>

#include "core/http/body_doors.hpp"

namespace globus_sdk::inline v0::detail {

/// Sinks and sources may block, and the I/O thread may not: between them stands a queue, and helper
/// threads do the work. Each class here is used by the I/O thread, which is told by `wake` to come
/// and look; `wake` is called from a helper thread, and must not block.
using Wake = std::function<void()>;

/// Whether a queue is still to pass on what it holds.
enum class Rest { is_passed_on, is_dropped };

/// What both ways have in common: a lock, and one helper thread at a time that works as long as
/// there is something to do. A shared pointer owns it.
class BodyQueue : public std::enable_shared_from_this<BodyQueue> {
 public:
  BodyQueue(const BodyQueue&) = delete;
  BodyQueue& operator=(const BodyQueue&) = delete;

 protected:
  explicit BodyQueue(Wake wake) : wake_(std::move(wake)) {}
  virtual ~BodyQueue() = default;

  /// Does what there is to do now. False when there is nothing, and then the work has ended.
  virtual bool work_once() = 0;

  /// What went wrong first.
  std::exception_ptr first_failure() const noexcept;
  /// Has a helper thread work, if none does. Needs the lock.
  void start_work();
  /// Takes a step, and keeps what it throws. Needs the lock.
  template <class Step> Flow attempt(Step&& step) noexcept {
    try {
      std::forward<Step>(step)();
      return Flow::goes_on;
    } catch (...) {
      failure_ = std::current_exception();
      return Flow::fails;
    }
  }

  const Wake wake_;
  mutable std::mutex mutex_;
  bool is_running_ = false;  // guarded by mutex_, as what follows; a helper thread is at it
  bool is_closed_ = false;   // nothing comes any more
  bool is_transfer_waiting_ = false;
  std::exception_ptr failure_ = nullptr;

 private:
  void work() noexcept;
};

/// The way of an answer's body from the I/O thread to a sink. At most two pieces of it are in
/// memory.
class SinkQueue final : public AnswerDoor, public BodyQueue {
 public:
  SinkQueue(std::shared_ptr<BodySink> sink, Wake wake);

  Flow begin(const Answer& head) noexcept override;
  Flow write(std::span<const std::byte> bytes) noexcept override;
  std::exception_ptr failure() const noexcept override { return first_failure(); }

  /// Ends it. True when the sink is at rest; else `wake` is called as soon as it is.
  bool close(Rest rest) noexcept;

 private:
  bool work_once() override;
  struct Piece {
    std::optional<Answer> head{};
    std::vector<std::byte> bytes{};
  };
  /// The next piece; nothing when there is none, and then the work has ended.
  std::optional<Piece> next();

  const std::shared_ptr<BodySink> sink_;
  std::optional<Answer> head_{};  // to begin with; guarded by the lock, as what follows
  std::vector<std::byte> bytes_{};
  std::vector<std::byte> spare_{};  // the memory of the piece before
};

/// The way of a request's body from a source to the I/O thread: it reads ahead.
class SourceQueue final : public RequestDoor, public BodyQueue {
 public:
  SourceQueue(std::shared_ptr<BodySource> source, Wake wake);

  Flow rewind() noexcept override;
  Flow read(std::span<std::byte> buffer, std::size_t& count) noexcept override;
  std::exception_ptr failure() const noexcept override { return first_failure(); }

  /// Ends it. True when the source is at rest; else `wake` is called as soon as it is.
  bool close() noexcept;

 private:
  bool work_once() override;
  struct Turn {
    bool rewinds = false;
    bool reads = false;
  };
  std::optional<Turn> next();
  /// Takes over what was read; false when it is of no use any more.
  void keep(std::vector<std::byte> bytes, std::size_t count);

  const std::shared_ptr<BodySource> source_;
  bool wants_rewind_ = false;  // guarded by the lock, as what follows
  bool has_ended_ = false;     // the source has no more
  std::vector<std::byte> bytes_{};
  std::size_t taken_ = 0;  // of bytes_
};

}  // namespace globus_sdk::inline v0::detail
