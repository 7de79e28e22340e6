// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "globus_sdk/core/answer.hpp"

namespace globus_sdk::inline v0::detail {

/// What an answer says of the state in which the server has a file: bytes of two answers may stand
/// side by side only if they are of the same state.
struct ServedFile {
  std::optional<std::string> etag{};
  std::optional<std::string> last_modified{};  ///< as it was sent
  /// Whether a change after this answer has another last_modified, to the second.
  bool is_date_strong = false;
  std::optional<std::int64_t> size{};  ///< of the whole file
};

/// @param size of the whole file, where the answer says it.
ServedFile served_file(const Answer& head, std::optional<std::int64_t> size);

/// Whether a later answer can be told to be of the same state (RFC 9110, 8.8).
bool can_be_told_again(const ServedFile& file);

/// The value of `If-Range` that asks for a part of the same state, or else for the whole of the new
/// one. Nothing where a server must not be asked that way (RFC 9110, 13.1.5).
std::optional<std::string> if_range(const ServedFile& file);

/// Whether a later answer is of the same state.
///
/// @param is_conditional whether the server sent the part because `If-Range` held. Such an answer
///   may leave out what the server was asked with.
bool is_same(const ServedFile& known, const ServedFile& later, bool is_conditional);

/// Whether the server says that it sends parts of the file: `Accept-Ranges: bytes`.
bool says_that_it_sends_parts(const Headers& headers);

}  // namespace globus_sdk::inline v0::detail
