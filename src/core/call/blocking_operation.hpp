// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <coroutine>
#include <exception>
#include <optional>
#include <utility>

#include "globus_sdk/core/mode.hpp"

namespace globus_sdk::inline v0::detail {

/// The coroutine type of Blocking: it runs at once, every await in it is ready, and so it behaves
/// like a plain function call. One source serves both modes that way.
template <class T> class [[nodiscard]] BlockingOperation {
 public:
  struct promise_type {
    std::optional<T> value{};
    std::exception_ptr exception{};

    BlockingOperation get_return_object() {
      return BlockingOperation(std::coroutine_handle<promise_type>::from_promise(*this));
    }
    std::suspend_never initial_suspend() const noexcept { return {}; }
    std::suspend_always final_suspend() const noexcept { return {}; }
    template <class U> void return_value(U&& result) { value.emplace(std::forward<U>(result)); }
    void unhandled_exception() noexcept { exception = std::current_exception(); }
  };

  BlockingOperation(BlockingOperation&& other) noexcept
      : handle_(std::exchange(other.handle_, nullptr)) {}
  BlockingOperation& operator=(BlockingOperation&&) = delete;
  ~BlockingOperation() {
    if (handle_) handle_.destroy();
  }

  /// What the coroutine returned; rethrows what it threw.
  T get() && {
    if (handle_.promise().exception) std::rethrow_exception(handle_.promise().exception);
    return std::move(*handle_.promise().value);
  }

  bool await_ready() const noexcept { return true; }
  void await_suspend(std::coroutine_handle<>) const noexcept {}
  T await_resume() { return std::move(*this).get(); }

 private:
  explicit BlockingOperation(std::coroutine_handle<promise_type> handle) : handle_(handle) {}

  std::coroutine_handle<promise_type> handle_;
};

/// A value that a coroutine awaits and has at once.
template <class T> struct Ready {
  T value;

  bool await_ready() const noexcept { return true; }
  void await_suspend(std::coroutine_handle<>) const noexcept {}
  T await_resume() { return std::move(value); }
};

}  // namespace globus_sdk::inline v0::detail

namespace globus_sdk::inline v0 {

template <class T> T Blocking::result(detail::BlockingOperation<T> operation) {
  return std::move(operation).get();
}

}  // namespace globus_sdk::inline v0
