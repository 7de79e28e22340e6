// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <linux/sockios.h>
#include <sys/ioctl.h>
#include <sys/sendfile.h>
#include <sys/socket.h>

#include <algorithm>
#include <boost/asio/post.hpp>
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

#include "sandbox/server/bulk_encryption.hpp"
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
  void start() { run(); }

 private:
  /// Parts of files that are smaller are copied, and go out together with what is around them.
  static constexpr std::uint64_t least_by_sendfile = 64UL * 1024UL;
  /// What is encrypted in one go.
  static constexpr std::size_t most_encrypted = 256UL * 1024UL;
  /// What one connection may send before others have their turn.
  static constexpr std::uint64_t turn = 4UL * 1024UL * 1024UL;

  static constexpr bool is_plain = std::is_same_v<Stream, Socket>;

  Socket& socket() {
    if constexpr (is_plain)
      return stream_;
    else
      return stream_.next_layer();
  }

  /// Sends until there is something to wait for, or others are to have their turn.
  void run() {
    const std::uint64_t enough = answer_.sent() + turn;
    while (answer_.sent() < enough)
      if (!step()) return;
    asio::post(stream_.get_executor(), [self = this->shared_from_this()] { self->run(); });
  }

  /// Does what is next; whether to go on at once. So do all that return a bool.
  bool step() {
    if (!pending_.empty()) return send_pending();
    if (interruption_ && answer_.sent() == stop_) return interrupt();
    if (answer_.is_done()) return finish(SendingEnd::whole);
    if (rate_ > 0 && begin_ + due() > std::chrono::steady_clock::now())
      return wait_until(begin_ + due(), [](auto& self) { self.run(); });
    return send(allowed());
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

  bool send(std::uint64_t most) {
    if constexpr (is_plain) {
      const auto range = answer_.file_ahead();
      if (uses_sendfile_ && range && range->size >= least_by_sendfile)
        return send_file(*range, most);
      return send_text(answer_.gather(most, storage_));
    } else {
      // A large text is not to be in memory twice.
      const std::string_view bytes = answer_.gather(most, storage_).substr(0, most_encrypted);
      if (!encryption_) encryption_.emplace(stream_.native_handle());
      return send_text(bytes, encryption_->encrypt(bytes));
    }
  }

  bool send_text(std::string_view bytes) { return send_text(bytes, bytes); }

  /// @param bytes of the answer.
  /// @param encoded what goes over the connection for them.
  bool send_text(std::string_view bytes, std::string_view encoded) {
    if (encoded.empty()) return finish(SendingEnd::cut);
    pending_ = encoded;
    stands_for_ = bytes.size();
    return send_pending();
  }

  /// Goes around Asio, which would send 64 KiB at a time and wake another thread after each.
  bool send_pending() {
    const ssize_t count = ::send(socket().native_handle(), pending_.data(), pending_.size(),
                                 MSG_NOSIGNAL | MSG_DONTWAIT);
    if (count < 0)
      return errno == EAGAIN || errno == EINTR ? await_room() : finish(SendingEnd::cut);
    pending_.remove_prefix(static_cast<std::size_t>(count));
    if (!pending_.empty()) return await_room();
    answer_.skip(stands_for_);
    return true;
  }

  bool send_file(const FileRange& range, std::uint64_t most) {
    const std::uint64_t wanted = std::min({range.size, most, turn});
    auto offset = static_cast<off_t>(range.offset);
    // A SIGPIPE that this may raise is blocked in the server's threads.
    const ssize_t count = ::sendfile(socket().native_handle(), range.descriptor, &offset, wanted);
    if (count < 0) return on_sendfile_error(errno);
    if (count == 0) return finish(SendingEnd::cut);  // the file is shorter than it was
    answer_.skip(static_cast<std::uint64_t>(count));
    return static_cast<std::uint64_t>(count) == wanted || await_room();
  }

  bool on_sendfile_error(int error) {
    if (error == EAGAIN || error == EINTR) return await_room();
    if (error != EINVAL && error != ENOSYS) return finish(SendingEnd::cut);
    uses_sendfile_ = false;  // not from this file system
    return true;
  }

  bool await_room() {
    socket().async_wait(Socket::wait_write, [self = this->shared_from_this()](error_code error) {
      if (error)
        self->finish(SendingEnd::cut);
      else
        self->run();
    });
    return false;
  }

  bool interrupt() {
    const Interruption what = *interruption_;
    interruption_.reset();
    if (what.kind == Interruption::Kind::cut) return finish(SendingEnd::cut);
    if (what.kind == Interruption::Kind::reset) return reset_when_taken();
    return wait_until(std::chrono::steady_clock::now() + to_wait(what.pause),
                      [](auto& self) { self.run(); });
  }

  /// A reset would throw away what the system has not passed on: waits for that, but not for ever.
  bool reset_when_taken() {
    int waiting = 0;
    if (::ioctl(socket().native_handle(), SIOCOUTQ, &waiting) != 0 || waiting == 0 || looks_ == 0)
      return finish(SendingEnd::reset);
    --looks_;
    return wait_until(std::chrono::steady_clock::now() + std::chrono::milliseconds(2),
                      [](auto& self) { self.reset_when_taken(); });
  }

  template <class Then> bool wait_until(std::chrono::steady_clock::time_point time, Then then) {
    timer_.expires_at(time);
    timer_.async_wait([self = this->shared_from_this(), then](error_code error) {
      if (!error) then(*self);
    });
    return false;
  }

  bool finish(SendingEnd end) {
    const Done done = std::exchange(done_, nullptr);
    done(end);
    return false;
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
  std::string_view pending_;    ///< what is being sent from memory
  std::size_t stands_for_ = 0;  ///< bytes of the answer
  std::optional<BulkEncryption> encryption_;
  bool uses_sendfile_ = true;
  int looks_ = 5000;
};

}  // namespace globus_sandbox
