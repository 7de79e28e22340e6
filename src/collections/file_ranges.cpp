// SPDX-License-Identifier: Apache-2.0
#include "collections/file_ranges.hpp"

#include <algorithm>
#include <cstring>
#include <memory>
#include <utility>

namespace globus_sdk::inline v0::detail {

namespace {

/// A request costs more than this many bytes.
constexpr std::int64_t largest_gap = std::int64_t{64} << 10;
/// What one request fetches at most: after an answer that broke off, it is fetched once more.
constexpr std::int64_t largest_part = std::int64_t{16} << 20;

std::int64_t end_of(const FileRange& range) {
  return range.offset + std::ssize(range.buffer);
}

std::vector<FileRange> split(const std::vector<FileRange>& ranges) {
  std::vector<FileRange> pieces;
  pieces.reserve(ranges.size());
  for (FileRange rest : ranges) {
    while (std::ssize(rest.buffer) > largest_part) {
      pieces.push_back({rest.offset, rest.buffer.first(largest_part)});
      rest = {rest.offset + largest_part, rest.buffer.subspan(largest_part)};
    }
    pieces.push_back(rest);
  }
  return pieces;
}

bool may_join(const FilePart& part, const FileRange& range) {
  return range.offset - part.end() <= largest_gap && end_of(range) - part.offset <= largest_part;
}

/// Takes a part into the memory of the ranges in it.
class RangesSink final : public PartSink {
 public:
  RangesSink(std::shared_ptr<const OpenedFile> file, const JoinedPart& joined)
      : PartSink(std::move(file), joined.part), ranges_(joined.ranges) {}

 private:
  void take(std::int64_t at, std::span<const std::byte> bytes) override {
    const std::int64_t begin = part().offset + at;
    const std::int64_t end = begin + std::ssize(bytes);
    if (at == 0) first_ = 0;
    while (first_ < ranges_.size() && end_of(ranges_[first_]) <= begin) ++first_;
    for (std::size_t index = first_; index < ranges_.size(); ++index) {
      const FileRange& range = ranges_[index];
      if (range.offset >= end) return;
      const std::int64_t from = std::max(begin, range.offset);
      const std::int64_t until = std::min(end, end_of(range));
      if (from >= until) continue;
      std::memcpy(range.buffer.data() + (from - range.offset), bytes.data() + (from - begin),
                  static_cast<std::size_t>(until - from));
    }
  }

  const std::vector<FileRange>& ranges_;
  std::size_t first_ = 0;  // of those that are not whole
};

}  // namespace

std::vector<JoinedPart> join_ranges(const std::vector<FileRange>& ranges) {
  std::vector<FileRange> pieces = split(ranges);
  std::ranges::sort(pieces, {}, &FileRange::offset);
  std::vector<JoinedPart> joined;
  for (const FileRange& piece : pieces) {
    if (joined.empty() || !may_join(joined.back().part, piece)) {
      joined.push_back({.part = {piece.offset, 0}, .ranges = {}});
    }
    JoinedPart& last = joined.back();
    last.part.size = std::max(last.part.end(), end_of(piece)) - last.part.offset;
    last.ranges.push_back(piece);
  }
  return joined;
}

void fetch_ranges(const PartSource& source, const std::vector<FileRange>& ranges,
                  const Connection& connection) {
  const std::vector<JoinedPart> parts = join_ranges(ranges);
  run_pieces(parts.size(), connection, [&](std::size_t index, const Connection& own) {
    source.fetch(std::make_shared<RangesSink>(source.file(), parts[index]), own);
  });
}

}  // namespace globus_sdk::inline v0::detail
