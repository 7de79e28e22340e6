// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <linux/sockios.h>
#include <sys/ioctl.h>
#include <sys/sendfile.h>

#include <algorithm>
#include <boost/asio/post.hpp>
#include <boost/asio/write.hpp>
#include <cerrno>
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include "sandbox/server/connection_types.hpp"
#include "sandbox/server/outgoing_answer.hpp"
#include "sandbox/server/server.hpp"

namespace globus_sandbox {

/// How the sending of an answer ended.
enum class SendingEnd {
  whole,
  cut,    ///< by the other end, by a file that was not what it was, or on purpose: close now
  reset,  ///< on purpose: reset the connection now
};

/// Sends one answer, without holding a thread: files by sendfile on a plain connection, and in
/// pieces through memory under TLS. It lives as long as an operation of its is under way.
template <class Stream>
class AnswerSending : public std::enable_shared_from_this<AnswerSending<Stream>> {
 public:
  /// Called once, in the stream's strand. Whoever owns the stream has to live until then.
  using Done = std::function<void(SendingEnd)>;

  /// @param bytes_per_second how fast the body is sent at most; 0: no limit.
  AnswerSending(Stream& stream, OutgoingAnswer answer, std::optional<Interruption> interruption,
                std::int64_t bytes_per_second, Done done)
      : stream_(stream),
        timer_(stream.get_executor()),
        answer_(std::move(answer)),
        interruption_(interruption),
        rate_(bytes_per_second),
        done_(std::move(done)) {
    if (!interruption_) return;
    const std::uint64_t body_size = answer_.left() - answer_.head_size();
    const bool is_over = interruption_->at >= body_size;
    if (is_over && interruption_->kind == Interruption::Kind::stall) interruption_.reset();
    stop_ = answer_.head_size() + (is_over ? body_size : interruption_->at);
  }

  /// To be called once, in the stream's strand.
  void start() { next(); }

 private:
  /// Parts of files that are smaller are copied, and go out together with what is around them.
  static constexpr std::uint64_t least_by_sendfile = 64UL * 1024UL;
  /// What one connection may send before others have their turn.
  static constexpr std::uint64_t turn = 4UL * 1024UL * 1024UL;

  static constexpr bool is_plain = std::is_same_v<Stream, Socket>;

  void next() {
    if (interruption_ && answer_.sent() == stop_) return interrupt();
    if (answer_.is_done()) return finish(SendingEnd::whole);
    if (rate_ > 0 && begin_ + due() > std::chrono::steady_clock::now())
      return wait_until(begin_ + due(), [](auto& self) { self.next(); });
    send(allowed());
  }

  std::uint64_t body_sent() const {
    return answer_.sent() - std::min(answer_.sent(), answer_.head_size());
  }

  /// When, after the beginning, more of the body may be sent.
  std::chrono::steady_clock::duration due() const {
    return to_wait(std::chrono::duration<double>(static_cast<double>(body_sent()) /
                                                 static_cast<double>(rate_)));
  }

  /// How many bytes may be sent now.
  std::uint64_t allowed() const {
    std::uint64_t most = interruption_ ? stop_ - answer_.sent() : answer_.left();
    if (rate_ > 0) {
      const std::uint64_t head_left =
          answer_.head_size() - std::min(answer_.sent(), answer_.head_size());
      const auto twentieth = static_cast<std::uint64_t>(rate_) / 20;
      most = std::min(most, head_left + std::max<std::uint64_t>(twentieth, 1));
    }
    return most;
  }

  void send(std::uint64_t most) {
    if constexpr (is_plain) {
      const auto range = answer_.file_ahead();
      if (uses_sendfile_ && range && range->size >= least_by_sendfile)
        return send_file(*range, most);
    }
    const std::string_view bytes = answer_.gather(most, storage_);
    if (bytes.empty()) return finish(SendingEnd::cut);
    asio::async_write(
        stream_, asio::buffer(bytes),
        [self = this->shared_from_this(), count = bytes.size()](error_code error, std::size_t) {
          if (error) return self->finish(SendingEnd::cut);
          self->answer_.skip(count);
          self->next();
        });
  }

  void send_file(const FileRange& range, std::uint64_t most) {
    const std::uint64_t wanted = std::min({range.size, most, turn});
    auto offset = static_cast<off_t>(range.offset);
    // A SIGPIPE that this may raise is blocked in the server's threads.
    const ssize_t count = ::sendfile(stream_.native_handle(), range.descriptor, &offset, wanted);
    if (count < 0) return on_sendfile_error(errno);
    if (count == 0) return finish(SendingEnd::cut);  // the file is shorter than it was
    answer_.skip(static_cast<std::uint64_t>(count));
    if (static_cast<std::uint64_t>(count) < wanted) return await_room();
    asio::post(stream_.get_executor(), [self = this->shared_from_this()] { self->next(); });
  }

  void on_sendfile_error(int error) {
    if (error == EAGAIN || error == EINTR) return await_room();
    if (error != EINVAL && error != ENOSYS) return finish(SendingEnd::cut);
    uses_sendfile_ = false;  // not from this file system
    next();
  }

  void await_room() {
    stream_.async_wait(Socket::wait_write, [self = this->shared_from_this()](error_code error) {
      if (error) return self->finish(SendingEnd::cut);
      self->next();
    });
  }

  void interrupt() {
    const Interruption what = *interruption_;
    interruption_.reset();
    switch (what.kind) {
      case Interruption::Kind::cut:
        return finish(SendingEnd::cut);
      case Interruption::Kind::reset:
        return reset_when_taken();
      case Interruption::Kind::stall:
        return wait_until(std::chrono::steady_clock::now() + to_wait(what.pause),
                          [](auto& self) { self.next(); });
    }
  }

  /// A reset would throw away what the system has not passed on: waits for that, but not for ever.
  void reset_when_taken() {
    int waiting = 0;
    const int descriptor = stream_.lowest_layer().native_handle();
    if (::ioctl(descriptor, SIOCOUTQ, &waiting) != 0 || waiting == 0 || looks_ == 0)
      return finish(SendingEnd::reset);
    --looks_;
    wait_until(std::chrono::steady_clock::now() + std::chrono::milliseconds(2),
               [](auto& self) { self.reset_when_taken(); });
  }

  template <class Then> void wait_until(std::chrono::steady_clock::time_point time, Then then) {
    timer_.expires_at(time);
    timer_.async_wait([self = this->shared_from_this(), then](error_code error) {
      if (!error) then(*self);
    });
  }

  void finish(SendingEnd end) {
    const Done done = std::exchange(done_, nullptr);
    done(end);
  }

  Stream& stream_;
  Timer timer_;
  OutgoingAnswer answer_;
  std::optional<Interruption> interruption_;
  std::uint64_t stop_ = 0;  ///< where that happens: bytes that are sent before, with the head
  std::int64_t rate_;
  std::chrono::steady_clock::time_point begin_ = std::chrono::steady_clock::now();
  Done done_;
  std::string storage_;
  bool uses_sendfile_ = true;
  int looks_ = 5000;
};

}  // namespace globus_sandbox
