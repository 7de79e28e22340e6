// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace globus_sdk::inline v0::detail {

/// A part of a file: some bytes in a row.
struct FilePart {
  std::int64_t offset = 0;
  std::int64_t size = 0;

  std::int64_t end() const noexcept { return offset + size; }
  friend bool operator==(const FilePart&, const FilePart&) = default;
};

/// The value of `Range` that asks for a part that is not empty: `bytes=0-99`.
std::string range_text(const FilePart& part);

/// What `Content-Range` says: which part came, and of how many bytes.
struct ContentRange {
  FilePart part{};
  std::optional<std::int64_t> file_size{};  ///< nothing for `*`

  friend bool operator==(const ContentRange&, const ContentRange&) = default;
};

/// @param value such as `bytes 0-99/1000`.
/// @return nothing for any other text, for numbers that do not fit together, and for a range that
/// no
///   part was sent of (`bytes */1000`).
std::optional<ContentRange> read_content_range(std::string_view value);

}  // namespace globus_sdk::inline v0::detail
