// SPDX-License-Identifier: Apache-2.0
#include "globus_sdk/collections/remote_file_stream.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>

namespace globus_sdk::inline v0 {

namespace {

/// So much of the file is at hand without the lock of its cache.
constexpr std::size_t buffer_size = std::size_t{32} << 10;

class RemoteFileBuffer final : public std::streambuf {
 public:
  explicit RemoteFileBuffer(const RemoteFile& file) : file_(file) {}

 private:
  int_type underflow() override {
    if (gptr() < egptr()) return traits_type::to_int_type(*gptr());
    return fill() == 0 ? traits_type::eof() : traits_type::to_int_type(*gptr());
  }

  /// What is at hand first; what fills the buffer goes straight to the caller.
  std::streamsize xsgetn(char* to, std::streamsize count) override {
    std::streamsize done = 0;
    while (done < count) {
      if (gptr() == egptr() && std::cmp_less(count - done, buffer_size) && fill() == 0) break;
      if (gptr() < egptr()) {
        const std::streamsize ready = std::min(egptr() - gptr(), count - done);
        std::copy_n(gptr(), ready, to + done);
        gbump(static_cast<int>(ready));
        done += ready;
        continue;
      }
      const std::streamsize read = read_at_end({to + done, static_cast<std::size_t>(count - done)});
      if (read == 0) break;
      done += read;
    }
    return done;
  }

  std::streamsize showmanyc() override {
    const std::int64_t left = file_.size() - end_;
    return left > 0 ? left : -1;
  }

  pos_type seekoff(off_type offset, std::ios::seekdir from, std::ios::openmode which) override {
    std::int64_t base = 0;
    if (from == std::ios::cur) base = position();
    if (from == std::ios::end) base = file_.size();
    if (offset < -base || offset > file_.size() - base) return {off_type(-1)};
    return seekpos(base + offset, which);
  }

  /// Within what is at hand only the place in it changes.
  pos_type seekpos(pos_type place, std::ios::openmode which) override {
    const std::int64_t goal = off_type(place);
    if (goal < 0 || goal > file_.size() || (which & std::ios::in) == 0) return {off_type(-1)};
    const std::int64_t begin = end_ - (egptr() - eback());
    if (goal >= begin && goal <= end_) {
      setg(eback(), eback() + (goal - begin), egptr());
    } else {
      setg(nullptr, nullptr, nullptr);
      end_ = goal;
    }
    return place;
  }

  std::int64_t position() const { return end_ - (egptr() - gptr()); }

  std::streamsize read_at_end(std::span<char> to) {
    const std::size_t count = file_.read_at(end_, std::as_writable_bytes(to));
    end_ += static_cast<std::int64_t>(count);
    setg(nullptr, nullptr, nullptr);
    return static_cast<std::streamsize>(count);
  }

  std::streamsize fill() {
    const std::streamsize count = read_at_end(bytes_);
    setg(bytes_.data(), bytes_.data(), bytes_.data() + count);
    return count;
  }

  RemoteFile file_;
  std::int64_t end_ = 0;  // of what is at hand, in the file
  std::array<char, buffer_size> bytes_{};
};

}  // namespace

RemoteFileStream::RemoteFileStream(const RemoteFile& file)
    : std::istream(nullptr), buffer_(std::make_unique<RemoteFileBuffer>(file)) {
  rdbuf(buffer_.get());
}

RemoteFileStream::~RemoteFileStream() = default;

}  // namespace globus_sdk::inline v0
