// SPDX-License-Identifier: Apache-2.0
#include "collections/download_parts.hpp"

#include <algorithm>

namespace globus_sdk::inline v0::detail {

std::vector<FilePart> cut(const std::vector<FilePart>& parts, std::int64_t piece_size) {
  std::vector<FilePart> pieces;
  for (FilePart rest : parts) {
    while (rest.size > 0) {
      const FilePart piece{rest.offset, std::min(rest.size, piece_size)};
      pieces.push_back(piece);
      rest = {piece.end(), rest.size - piece.size};
    }
  }
  return pieces;
}

std::optional<FilePart> PieceQueue::take() {
  const std::lock_guard lock(mutex_);
  if (taken_ == pieces_.size()) return std::nullopt;
  return pieces_[taken_++];
}

CommonEnd::CommonEnd(const std::optional<std::stop_token>& outer) {
  if (outer) link_.emplace(*outer, RequestStop{stop_});
}

void CommonEnd::fail() noexcept {
  failure_.note();
  stop_.request_stop();
}

}  // namespace globus_sdk::inline v0::detail
