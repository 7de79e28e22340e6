// SPDX-License-Identifier: Apache-2.0
#include "collections/byte_ranges.hpp"

#include <algorithm>
#include <iterator>

namespace globus_sdk::inline v0::detail {

void ByteRanges::add(const FilePart& part) {
  if (part.size <= 0) return;
  std::int64_t begin = part.offset;
  std::int64_t end = part.end();
  auto next = ends_.upper_bound(begin);
  if (next != ends_.begin() && std::prev(next)->second >= begin) --next;
  while (next != ends_.end() && next->first <= end) {
    begin = std::min(begin, next->first);
    end = std::max(end, next->second);
    count_ -= next->second - next->first;
    next = ends_.erase(next);
  }
  ends_.emplace_hint(next, begin, end);
  count_ += end - begin;
}

void ByteRanges::remove(std::int64_t offset) {
  const auto next = ends_.upper_bound(offset);
  if (next == ends_.begin()) return;
  const auto [begin, end] = *std::prev(next);
  if (end <= offset) return;
  ends_.erase(std::prev(next));
  count_ -= end - begin;
  add({begin, offset - begin});
  add({offset + 1, end - offset - 1});
}

std::vector<FilePart> ByteRanges::parts() const {
  std::vector<FilePart> parts;
  parts.reserve(ends_.size());
  for (const auto& [begin, end] : ends_) parts.push_back({begin, end - begin});
  return parts;
}

std::vector<FilePart> ByteRanges::missing(std::int64_t size) const {
  std::vector<FilePart> gaps;
  std::int64_t position = 0;
  for (const auto& [begin, end] : ends_) {
    if (begin > position) gaps.push_back({position, begin - position});
    position = end;
  }
  if (position < size) gaps.push_back({position, size - position});
  return gaps;
}

}  // namespace globus_sdk::inline v0::detail
