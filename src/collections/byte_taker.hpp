// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "collections/file_part.hpp"
#include "collections/served_file.hpp"
#include "globus_sdk/core/answer.hpp"

namespace globus_sdk::inline v0::detail {

/// Where the bytes of a download go: into a local file, or to the caller in their order.
///
/// begin() and write() may be called from many threads at once where there are several parts; the
/// rest is called while nothing comes. All of it may block.
class ByteTaker {
 public:
  virtual ~ByteTaker() = default;

  /// Before anything is asked for.
  virtual void open() = 0;
  /// The file whose bytes are there from an earlier download; nothing where there are none.
  virtual std::optional<ServedFile> file() const = 0;
  /// What of that file is not there.
  virtual std::vector<FilePart> missing() const = 0;

  /// An answer has come that has bytes of this file.
  virtual void begin(const Answer& head, const ServedFile& file) = 0;
  /// Takes bytes of the file.
  virtual void write(std::int64_t offset, std::span<const std::byte> bytes) = 0;
  /// Forgets all bytes, since the file comes anew.
  ///
  /// @return whether that could be done: bytes that the caller has cannot be taken back.
  virtual bool restart() = 0;

  /// All bytes have come: compares checksums, and puts a file in place.
  ///
  /// @param size of the file.
  virtual void finish(std::int64_t size) = 0;
  /// The download has failed.
  ///
  /// @param is_worth_keeping whether a later download may go on from the bytes.
  virtual void leave(bool is_worth_keeping) noexcept = 0;
  /// How many bytes of the file are from an earlier download.
  virtual std::int64_t resumed() const = 0;
};

}  // namespace globus_sdk::inline v0::detail
