// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <utility>

#include "collections/file_part.hpp"
#include "collections/file_version.hpp"
#include "globus_sdk/core/body.hpp"

namespace globus_sdk::inline v0::detail {

/// The file that parts are asked of.
struct OpenedFile {
  std::string path{};  ///< on the collection, as it is shown in messages
  FileVersion version{};
  std::int64_t size = 0;
};

/// Throws unless the head is that of an answer with exactly this part of the file, in the state in
/// which it was opened.
///
/// @throws FileChangedError, FileIntegrityError; FileTransferError when the server does not send
///   parts of files.
void require_part(const OpenedFile& file, const FilePart& part, const Answer& head);

/// Throws FileTransferError for an answer that is no file as it is: encoded, in several parts, or
/// with another status than 200 and 206.
void require_plain_file(const std::string& path, const Answer& head);

/// Which part of the file the answer has, and of how many bytes, by its `Content-Range`.
///
/// @throws FileIntegrityError when the answer does not say so, or says it twice.
ContentRange sent_range(const std::string& path, const Answer& head);

[[noreturn]] void throw_changed(const std::string& path, const std::string& how);

/// Takes one part of a file, and nothing else.
class PartSink : public BodySink {
 public:
  PartSink(std::shared_ptr<const OpenedFile> file, const FilePart& part)
      : file_(std::move(file)), part_(part) {}

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
