// SPDX-License-Identifier: Apache-2.0
#include "collections/access_pattern.hpp"

#include <algorithm>
#include <cstdlib>

namespace globus_sdk::inline v0::detail {

namespace {

/// So many reads that follow another make a stream.
constexpr std::int64_t reads_of_stream = 2;
/// A stream that none of so many last reads was of needs no room any more.
constexpr std::uint64_t reads_until_idle = 64;
/// A read of at least this part of a block that stands alone gets what it asks for, and no more.
constexpr std::int64_t blocks_to_alone = 4;

}  // namespace

AccessPattern::Advice AccessPattern::note(const FilePart& read) {
  ++reads_;
  if (settings_.blocks == 0) return {};
  Stream& stream = stream_of(read);
  if (read.end() > stream.next) {
    stream.in_a_row += stream.next >= 0 ? 1 : 0;
    stream.next = read.end();
  }
  stream.last_read = reads_;
  const std::int64_t most = most_ahead();
  const bool is_stream = stream.in_a_row >= reads_of_stream;
  if (is_stream && read.size <= most / 2) {
    return {.by_blocks = true, .ahead = ahead_of(stream, read, most)};
  }
  const bool is_small = read.size < settings_.block_size / blocks_to_alone;
  const bool fits = read.size <= settings_.block_size;
  return {.by_blocks = is_small || (fits && (is_stream || is_read_again(read))), .ahead = {}};
}

/// Readers leave out a little, and threads that share a stream come a little out of order.
bool AccessPattern::follows(const Stream& stream, const FilePart& read) const {
  return stream.next >= 0 && std::abs(read.offset - stream.next) <= settings_.block_size / 2;
}

/// The stream that a read goes on with; or else a new one, in the place of the one that was left
/// alone for longest.
AccessPattern::Stream& AccessPattern::stream_of(const FilePart& read) {
  Stream* oldest = &streams_.front();
  for (Stream& stream : streams_) {
    if (follows(stream, read)) return stream;
    if (stream.last_read < oldest->last_read) oldest = &stream;
  }
  *oldest = Stream();
  return *oldest;
}

/// A stream's share of the room for what is fetched ahead: half of the cache is for all of them.
std::int64_t AccessPattern::most_ahead() const {
  const auto streams = std::ranges::count_if(streams_, [this](const Stream& stream) {
    return stream.in_a_row >= reads_of_stream && reads_ - stream.last_read < reads_until_idle;
  });
  const std::int64_t room = settings_.blocks / 2 * settings_.block_size;
  const std::int64_t share =
      std::min(settings_.read_ahead, room / std::max<std::int64_t>(streams, 1));
  return share / settings_.block_size * settings_.block_size;
}

/// The window is filled in halves, and doubles each time. So there are two requests under way at
/// most, and a reader that stops has made the server send one window in vain.
FilePart AccessPattern::ahead_of(Stream& stream, const FilePart& read, std::int64_t most) const {
  const std::int64_t block = settings_.block_size;
  if (most < 2 * block) return {};
  stream.ahead_until = std::max(stream.ahead_until, end_of_block(read.end()));
  stream.window = std::min(std::max(stream.window, 2 * end_of_block(read.size)), most);
  const bool is_near_end = stream.ahead_until - stream.next <= stream.window / 2;
  if (!is_near_end || stream.ahead_until >= file_size_) return {};
  const FilePart ahead{stream.ahead_until, stream.window / (2 * block) * block};
  stream.ahead_until = ahead.end();
  stream.window = std::min(2 * stream.window, most);
  return ahead;
}

/// Whether the same bytes were read a short while ago.
bool AccessPattern::is_read_again(const FilePart& read) {
  if (std::ranges::find(alone_, read.end()) != alone_.end()) return true;
  alone_.at(next_alone_++ % alone_.size()) = read.end();
  return false;
}

std::int64_t AccessPattern::end_of_block(std::int64_t position) const {
  const std::int64_t block = settings_.block_size;
  return (position + block - 1) / block * block;
}

}  // namespace globus_sdk::inline v0::detail
