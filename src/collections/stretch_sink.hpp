// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>

#include "collections/answered_part.hpp"
#include "collections/byte_taker.hpp"
#include "collections/file_part.hpp"
#include "globus_sdk/core/body.hpp"
#include "globus_sdk/core/errors.hpp"
#include "globus_sdk/core/request.hpp"
#include "globus_sdk/core/response.hpp"

namespace globus_sdk::inline v0::detail {

/// The server sends no parts of the file, though it was asked for one.
class PartsRefused : public GlobusError {
 public:
  using GlobusError::GlobusError;
};

/// Bytes of a file that come one after another, by one request or, after breaks, by several. It
/// passes each byte on once. Nothing of an answer is passed on before its head has been found to be
/// of the file that the bytes before it are of.
class StretchSink final : public BodySink {
 public:
  /// The whole of a file of which nothing is known.
  StretchSink(std::shared_ptr<ByteTaker> taker, std::string name);
  /// A part of a file that is known.
  StretchSink(std::shared_ptr<ByteTaker> taker, std::string name, const FilePart& part,
              ServedFile file);

  /// The request for what is missing; further answers are counted from now on.
  Request next_request(Request request);
  /// Whether that request asks for a part of the file.
  bool asks_for_part() const noexcept { return asked_.has_range; }
  /// Whether a part of an answer to that request has come.
  bool has_begun() const noexcept { return has_begun_; }
  /// The first byte that is missing.
  std::int64_t position() const noexcept { return position_; }
  /// How far it ever came.
  std::int64_t furthest() const noexcept { return furthest_; }
  /// The end of the bytes; nothing as long as that is not known.
  std::optional<std::int64_t> end() const noexcept { return end_; }

  /// Whether the rest of the same file can be asked for.
  bool can_go_on() const;
  /// Begins anew, since it cannot go on.
  ///
  /// @return whether that could be done.
  bool restart();
  /// An answer has ended in good order.
  ///
  /// @return whether all bytes have come.
  /// @throws FileTransferError, FileIntegrityError when they can never come that way.
  bool ended(const GlobusHTTPResponse& response);
  /// The server refuses the part that was asked for (416).
  [[noreturn]] void refuse(const GlobusAPIError& error) const;

  void begin(const Answer& head) override;
  void write(std::span<const std::byte> bytes) override;

 private:
  const std::shared_ptr<ByteTaker> taker_;
  const std::string name_;
  const bool is_part_;
  std::optional<ServedFile> file_{};
  std::optional<std::int64_t> end_{};
  std::int64_t position_ = 0;
  std::int64_t furthest_ = 0;

  AskedPart asked_{};
  bool has_begun_ = false;
  bool is_whole_answer_ = false;  ///< of the present answer, as what follows
  std::int64_t answer_position_ = 0;
  std::optional<std::int64_t> answer_end_{};
};

}  // namespace globus_sdk::inline v0::detail
