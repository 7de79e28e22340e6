// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <span>

#include "core/http/outgoing_request.hpp"
#include "core/http/resolved_transport_settings.hpp"
#include "globus_sdk/core/limits.hpp"

namespace globus_sdk::inline v0::detail {

/// Whom the I/O thread tells that an operation has ended. Implemented over Asio's handlers.
class Completion {
 public:
  virtual ~Completion() = default;

  Outcome outcome{};

  /// True when both are to be told on the same executor.
  virtual bool same_executor(const Completion& other) const noexcept = 0;
  /// Hands completions that share this one's executor over to it, together.
  virtual void deliver(std::span<std::unique_ptr<Completion>> batch) noexcept = 0;
};

/// An asynchronous door of a transport: a thread that runs transfers and sleeps of asynchronous
/// calls. It starts with the first operation. Clients whose requests wait have turns one after
/// another.
class IoThread {
 public:
  /// The settings must outlive it.
  ///
  /// @param most_transfers how many run at once.
  IoThread(const ResolvedTransportSettings& settings, std::size_t most_transfers);
  /// Ends the thread at once; operations under way are dropped without a word.
  ~IoThread();
  IoThread(const IoThread&) = delete;
  IoThread& operator=(const IoThread&) = delete;

  /// Starts the thread, where it is not running yet.
  ///
  /// @throws GlobusError when no thread can be had.
  void prepare();

  /// How many transfers it has to do.
  std::size_t load() const noexcept { return load_->load(std::memory_order_relaxed); }

  /// A number for an operation that will be begun, or perhaps not.
  std::uint64_t next_number() noexcept { return next_number_++; }

  // Each of these begins an operation, or throws and has begun nothing.

  /// Sends a request.
  void send(std::uint64_t number, std::shared_ptr<const OutgoingRequest> request,
            const CallLimits& limits, std::unique_ptr<Completion> completion);
  /// Ends after `duration`.
  void sleep(std::uint64_t number, std::chrono::milliseconds duration, const CallLimits& limits,
             std::unique_ptr<Completion> completion);
  /// Ends when finish() is called.
  void wait(std::uint64_t number, const CallLimits& limits, std::unique_ptr<Completion> completion);

  /// Ends a wait. Nothing happens when the operation has ended already.
  void finish(std::uint64_t number) noexcept;
  /// Ends any operation as cancelled. Nothing happens when it has ended already.
  void cancel(std::uint64_t number) noexcept;

 private:
  struct State;
  struct Plan;
  void start(std::uint64_t number, Plan plan, const CallLimits& limits,
             std::unique_ptr<Completion> completion);
  /// The state, with its thread running.
  std::shared_ptr<State> running();
  /// The same if it is running in this process, else nothing.
  std::shared_ptr<State> at_work() const noexcept;

  const ResolvedTransportSettings& settings_;
  const std::size_t most_transfers_;
  std::atomic<std::uint64_t> next_number_{1};
  /// Shared with the thread, which may outlive this object by a moment.
  const std::shared_ptr<std::atomic<std::size_t>> load_ =
      std::make_shared<std::atomic<std::size_t>>(0);
  mutable std::mutex mutex_;
  std::uint64_t owner_;           // guarded by mutex_
  std::shared_ptr<State> state_;  // guarded by mutex_
};

}  // namespace globus_sdk::inline v0::detail
