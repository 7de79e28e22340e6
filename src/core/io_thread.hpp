// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <span>

#include "globus_sdk/core/config.hpp"
#include "globus_sdk/core/limits.hpp"
#include "outgoing_request.hpp"

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

/// The asynchronous door of a transport: one thread that runs every transfer and every sleep of
/// asynchronous calls. It starts with the first operation.
class IoThread {
 public:
  /// The settings must outlive it.
  explicit IoThread(const ResolvedTransportSettings& settings);
  /// Ends the thread at once; operations under way are dropped without a word.
  ~IoThread();
  IoThread(const IoThread&) = delete;
  IoThread& operator=(const IoThread&) = delete;

  /// Sends a request. Returns the operation's number, as its siblings do.
  std::uint64_t send(std::shared_ptr<const OutgoingRequest> request, const CallLimits& limits,
                     std::unique_ptr<Completion> completion);
  /// Ends after `duration`.
  std::uint64_t sleep(std::chrono::milliseconds duration, const CallLimits& limits,
                      std::unique_ptr<Completion> completion);
  /// Ends when finish() is called.
  std::uint64_t wait(const CallLimits& limits, std::unique_ptr<Completion> completion);

  /// Ends a wait. Nothing happens when the operation has ended already.
  void finish(std::uint64_t operation);
  /// Ends any operation as cancelled. Nothing happens when it has ended already.
  void cancel(std::uint64_t operation);

 private:
  struct State;
  struct Plan;
  std::uint64_t start(Plan plan, const CallLimits& limits, std::unique_ptr<Completion> completion);
  /// The state, with its thread running.
  std::shared_ptr<State> running();

  const ResolvedTransportSettings& settings_;
  std::mutex mutex_;
  std::uint64_t owner_;           // guarded by mutex_
  std::shared_ptr<State> state_;  // guarded by mutex_
};

}  // namespace globus_sdk::inline v0::detail
