// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "collections/served_file.hpp"
#include "globus_sdk/core/answer.hpp"

namespace globus_sdk::inline v0::detail {

/// Which bytes of a file a request asks for.
struct AskedPart {
  std::int64_t offset = 0;
  std::optional<std::int64_t> end{};  ///< nothing: to the end of the file
  bool has_range = false;             ///< whether the request has a `Range` at all
  bool has_if_range = false;
};

/// Which bytes an answer has.
struct AnsweredPart {
  std::int64_t offset = 0;
  std::optional<std::int64_t> end{};  ///< nothing: that is told by the end of the answer
  ServedFile file{};
};

/// Reads the head of a success.
///
/// @param name of the file, for messages.
/// @throws FileTransferError when the answer has no bytes of the file as it is, or other bytes than
///   were asked for, or contradicts itself; FileIntegrityError when its end could not be told from
///   a broken connection.
AnsweredPart read_answered_part(const Answer& head, const AskedPart& asked,
                                const std::string& name);

}  // namespace globus_sdk::inline v0::detail
