// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "globus_sdk/core/answer.hpp"
#include "globus_sdk/core/export.hpp"

namespace globus_sdk::inline v0 {

/// Where the body of a request comes from when it is not in memory as a whole: a file, a function,
/// a device.
///
/// One request uses a source at a time, and never from two threads at once. A blocking call uses it
/// on the thread that calls; an asynchronous one uses it on helper threads of the SDK, so a source
/// may block. What it throws ends the call, which throws the same.
class GLOBUS_SDK_EXPORT BodySource {
 public:
  virtual ~BodySource();

  /// How many bytes there are.
  virtual std::int64_t size() const = 0;
  /// Goes to the first byte. Called before each attempt to send the request.
  virtual void rewind() = 0;
  /// Reads the next bytes.
  ///
  /// @param buffer where to put them.
  /// @return how many bytes were put there; 0 only at the end.
  virtual std::size_t read(std::span<std::byte> buffer) = 0;

 protected:
  BodySource() = default;
  BodySource(const BodySource&) = default;
  BodySource& operator=(const BodySource&) = default;
};

/// Where the body of an answer goes, piece by piece as it comes, when it is not to be kept in
/// memory. Only the bodies of successes (a status from 200 to 299) go there: an error's body is
/// parsed as always, and thrown.
///
/// `max_response_size` does not apply to such a body. The server is asked to send it as it is,
/// without compression. While a sink is at work nothing more is read from the network, so a slow
/// sink makes the server slow, and needs no memory.
///
/// Threads and exceptions are as for a BodySource.
class GLOBUS_SDK_EXPORT BodySink {
 public:
  virtual ~BodySink();

  /// The head of a success has come, and its body follows. Called once in each attempt that comes
  /// so far.
  ///
  /// @param head status and headers; the body in it is empty.
  virtual void begin(const Answer& head);
  /// Takes the next bytes.
  virtual void write(std::span<const std::byte> bytes) = 0;
  /// Forgets what was written, since the request is sent again after its answer broke off.
  ///
  /// @return whether that could be done. When it could not, the call throws why the answer broke
  ///   off. It is false unless a class says otherwise.
  virtual bool rewind();

 protected:
  BodySink() = default;
  BodySink(const BodySink&) = default;
  BodySink& operator=(const BodySink&) = default;
};

}  // namespace globus_sdk::inline v0
