// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <exception>
#include <memory>
#include <span>

#include "globus_sdk/core/body.hpp"

namespace globus_sdk::inline v0::detail {

/// What is to become of a transfer after it offered bytes or asked for some.
enum class Flow {
  goes_on,
  waits,  ///< until somebody resumes it; it offers or asks again then
  fails,  ///< there is an exception that says why
};

/// libcurl's side of a sink.
class AnswerDoor {
 public:
  virtual ~AnswerDoor() = default;

  /// The head of a success has come; never waits.
  virtual Flow begin(const Answer& head) noexcept = 0;
  /// Takes all of the bytes, or none.
  virtual Flow write(std::span<const std::byte> bytes) noexcept = 0;
  /// What the sink threw.
  virtual std::exception_ptr failure() const noexcept = 0;
};

/// libcurl's side of a source.
class RequestDoor {
 public:
  virtual ~RequestDoor() = default;

  /// Goes to the first byte; never waits.
  virtual Flow rewind() noexcept = 0;
  /// @param count how many bytes were put into the buffer; 0 at the end, and unless it goes on.
  virtual Flow read(std::span<std::byte> buffer, std::size_t& count) noexcept = 0;
  /// What the source threw.
  virtual std::exception_ptr failure() const noexcept = 0;
};

/// The doors of one exchange; null where its bodies are in memory.
struct BodyDoors {
  AnswerDoor* answer = nullptr;
  RequestDoor* request = nullptr;
};

/// Uses a sink on the thread that offers the bytes, which may block.
class DirectSink final : public AnswerDoor {
 public:
  explicit DirectSink(BodySink& sink) : sink_(sink) {}

  Flow begin(const Answer& head) noexcept override;
  Flow write(std::span<const std::byte> bytes) noexcept override;
  std::exception_ptr failure() const noexcept override { return failure_; }

 private:
  BodySink& sink_;
  std::exception_ptr failure_ = nullptr;
};

/// Uses a source on the thread that asks for the bytes, which may block.
class DirectSource final : public RequestDoor {
 public:
  explicit DirectSource(BodySource& source) : source_(source) {}

  Flow rewind() noexcept override;
  Flow read(std::span<std::byte> buffer, std::size_t& count) noexcept override;
  std::exception_ptr failure() const noexcept override { return failure_; }

 private:
  BodySource& source_;
  std::exception_ptr failure_ = nullptr;
};

/// Reads from a source, and keeps to its promise: no more bytes than there is room for.
std::size_t read_from(BodySource& source, std::span<std::byte> buffer);

}  // namespace globus_sdk::inline v0::detail
