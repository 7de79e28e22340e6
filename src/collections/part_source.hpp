// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>

#include "collections/part_sink.hpp"
#include "globus_sdk/core/connection.hpp"
#include "globus_sdk/core/limits.hpp"

namespace globus_sdk::inline v0::detail {

/// The limits of one read, which begin to count when they are first asked for: what needs no
/// request does not look at the clock.
class ReadLimits {
 public:
  explicit ReadLimits(const Connection& connection) : connection_(connection) {}

  const CallLimits& get();
  /// The connection for the read's requests, whose deadline is one for all of them.
  Connection connection();
  /// Throws what ended a wait of the read: its stop, or else its deadline.
  [[noreturn]] void throw_ended(const std::string& path);

 private:
  const Connection& connection_;
  std::optional<CallLimits> limits_{};
};

/// Asks for parts of one file, all in the state in which it was opened. Never changes; any number
/// of threads may use one.
class PartSource {
 public:
  /// @param request a GET of the file.
  PartSource(Connection connection, Request request, OpenedFile file);

  const Connection& connection() const noexcept { return connection_; }
  const std::shared_ptr<const OpenedFile>& file() const noexcept { return file_; }

  /// Fetches the sink's part.
  ///
  /// @throws FileChangedError, FileIntegrityError, FileTransferError, GlobusAPIError, NetworkError.
  void fetch(const std::shared_ptr<PartSink>& sink, const Connection& connection) const;

 private:
  Connection connection_;
  Request request_;
  std::shared_ptr<const OpenedFile> file_;
};

/// What ends the calls of a connection; one that never stops where it has none.
std::stop_token stop_of(const Connection& connection);
/// The same connection with another.
Connection stopped_by(const Connection& connection, std::stop_token stop);

/// Runs pieces of work with one connection, several at the same time. After the first failure no
/// other is begun, and those under way are stopped.
///
/// @param connection whose stop and deadline are those of all pieces.
/// @throws what the first of them that failed threw.
void run_pieces(std::size_t pieces, const Connection& connection,
                const std::function<void(std::size_t piece, const Connection& connection)>& work);

}  // namespace globus_sdk::inline v0::detail
