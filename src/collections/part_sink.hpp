// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <utility>

#include "collections/file_part.hpp"
#include "collections/served_file.hpp"
#include "globus_sdk/core/body.hpp"

namespace globus_sdk::inline v0::detail {

/// The file that parts are asked of.
struct OpenedFile {
  std::string path{};   ///< on the collection, as it is shown in messages
  ServedFile served{};  ///< as it was when it was opened
  std::int64_t size = 0;
};

[[noreturn]] void throw_changed(const std::string& path);

/// Takes one part of a file, in the state in which the file was opened, and nothing else.
class PartSink : public BodySink {
 public:
  PartSink(std::shared_ptr<const OpenedFile> file, const FilePart& part)
      : file_(std::move(file)), part_(part) {}

  /// @throws FileChangedError; FileIntegrityError and FileTransferError for an answer that has
  /// other
  ///   bytes than these.
  void begin(const Answer& head) final;
  void write(std::span<const std::byte> bytes) final;
  bool rewind() final;

  const FilePart& part() const noexcept { return part_; }
  /// To be called when the answer has ended.
  ///
  /// @throws FileIntegrityError when a byte is missing.
  void require_whole() const;

 protected:
  /// Takes bytes; the same come again after the answer broke off.
  ///
  /// @param at counted from the part's beginning.
  virtual void take(std::int64_t at, std::span<const std::byte> bytes) = 0;

 private:
  std::shared_ptr<const OpenedFile> file_;
  FilePart part_;
  std::int64_t position_ = 0;
};

}  // namespace globus_sdk::inline v0::detail
