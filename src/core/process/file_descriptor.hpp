// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <unistd.h>

#include <cerrno>
#include <utility>

namespace globus_sdk::inline v0::detail {

/// A descriptor of the system, which is closed when the object goes.
class FileDescriptor {
 public:
  FileDescriptor() = default;
  explicit FileDescriptor(int number) noexcept : number_(number) {}
  ~FileDescriptor() { close(); }
  FileDescriptor(FileDescriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
  FileDescriptor& operator=(FileDescriptor&& other) noexcept {
    std::swap(number_, other.number_);
    return *this;
  }

  /// Whether it is open.
  explicit operator bool() const noexcept { return number_ >= 0; }
  int get() const noexcept { return number_; }
  /// Closes it now, if it is open. What close(2) says: some file systems tell only then that what
  /// was written is lost.
  int close() noexcept {
    const int open = std::exchange(number_, -1);
    return open < 0 ? 0 : ::close(open);
  }

 private:
  int number_ = -1;
};

/// Calls a function of the system until no signal interrupts it.
template <class Call> auto unless_interrupted(Call call) {
  while (true) {
    const auto result = call();
    if (result >= 0 || errno != EINTR) return result;
  }
}

}  // namespace globus_sdk::inline v0::detail
