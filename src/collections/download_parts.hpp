// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <mutex>
#include <optional>
#include <stop_token>
#include <vector>

#include "collections/file_part.hpp"
#include "core/call/first_failure.hpp"

namespace globus_sdk::inline v0::detail {

/// How large files are split.
///
/// The numbers were found by measurement. Over a long way a connection has a rate of its own, which
/// no server and no link behind it makes faster: 8 connections were 1.2 to 1.9 times as fast as 4.
/// On this machine, where processors are what is scarce, they were slower than 4.
struct Splitting {
  /// How many connections fetch parts of a file at once.
  std::int64_t connections = 8;
  /// How many go on where connections are fast.
  std::int64_t connections_where_fast = 4;
  /// Bytes a second of a connection that is fast.
  std::int64_t fast_rate = std::int64_t{64} << 20;
  /// Bytes below which one connection does.
  std::int64_t least_bytes = std::int64_t{32} << 20;
  /// Bytes that a connection fetches by one request.
  std::int64_t piece_size = std::int64_t{16} << 20;

  /// Whether so many bytes are worth more than one connection.
  bool is_worth_it(std::int64_t bytes) const { return connections > 1 && bytes >= least_bytes; }
  /// Whether a connection that fetched a piece in that time is fast.
  bool is_fast(const FilePart& piece, std::chrono::steady_clock::duration time) const {
    return static_cast<double>(piece.size) >=
           static_cast<double>(fast_rate) * std::chrono::duration<double>(time).count();
  }
};

/// Pieces of at most so many bytes, in their order.
std::vector<FilePart> cut(const std::vector<FilePart>& parts, std::int64_t piece_size);

/// Pieces that several workers take, each of them once.
class PieceQueue {
 public:
  explicit PieceQueue(std::vector<FilePart> pieces) : pieces_(std::move(pieces)) {}

  /// The next piece; nothing after the last.
  std::optional<FilePart> take();

 private:
  const std::vector<FilePart> pieces_;
  std::mutex mutex_;
  std::size_t taken_ = 0;  // guarded by mutex_
};

/// The end that workers have in common: the failure of one of them, or the caller's stop.
class CommonEnd {
 public:
  /// @param outer the caller's token, if there is one.
  explicit CommonEnd(const std::optional<std::stop_token>& outer);
  CommonEnd(const CommonEnd&) = delete;
  CommonEnd& operator=(const CommonEnd&) = delete;

  std::stop_token token() const { return stop_.get_token(); }
  /// Ends the others, with the exception that is being handled. Only the first one counts.
  void fail() noexcept;
  /// Throws the first failure, if there was one. To be called when the workers have ended.
  void rethrow() const { failure_.rethrow(); }

 private:
  struct RequestStop {
    std::stop_source& stop;
    void operator()() const noexcept { stop.request_stop(); }
  };

  FirstFailure failure_{};
  std::stop_source stop_{};
  std::optional<std::stop_callback<RequestStop>> link_{};
};

}  // namespace globus_sdk::inline v0::detail
