// SPDX-License-Identifier: Apache-2.0
#include "collections/part_sink.hpp"

#include "collections/answered_part.hpp"
#include "globus_sdk/collections/errors.hpp"

namespace globus_sdk::inline v0::detail {

namespace {

[[noreturn]] void throw_wrong_part(const OpenedFile& file, const FilePart& part,
                                   const std::string& what) {
  throw FileIntegrityError(file.path + ": bytes " + std::to_string(part.offset) + " to " +
                           std::to_string(part.end() - 1) + " were asked for, and " + what);
}

/// Where a server says neither an ETag nor a time, nothing but the size can be compared.
bool is_unchanged(const OpenedFile& file, const ServedFile& served) {
  if (served.size && *served.size != file.size) return false;
  const bool is_nameless = !file.served.etag && !file.served.last_modified;
  return is_nameless || is_same(file.served, served, false);
}

}  // namespace

void throw_changed(const std::string& path) {
  throw FileChangedError("the file " + path +
                         " of the collection changed after it was opened: open it again");
}

void PartSink::begin(const Answer& head) {
  const AskedPart asked{.offset = part_.offset, .end = part_.end(), .has_range = true};
  const AnsweredPart answered = read_answered_part(head, asked, file_->path);
  if (!is_unchanged(*file_, answered.file)) throw_changed(file_->path);
  if (head.status == 200 && part_ != FilePart{0, file_->size}) {
    throw FileTransferError(file_->path +
                            ": the server sends the whole file where a part was asked for: fetch "
                            "it with download()");
  }
  if (head.status == 206 && answered.end != part_.end()) {
    throw_wrong_part(*file_, part_, "the answer has fewer");
  }
  position_ = 0;
}

void PartSink::write(std::span<const std::byte> bytes) {
  if (std::ssize(bytes) > part_.size - position_) {
    throw_wrong_part(*file_, part_, "more bytes came");
  }
  take(position_, bytes);
  position_ += std::ssize(bytes);
}

bool PartSink::rewind() {
  position_ = 0;
  return true;
}

void PartSink::require_whole() const {
  if (position_ == part_.size) return;
  throw_wrong_part(*file_, part_, "the answer ended after " + std::to_string(position_) + " bytes");
}

}  // namespace globus_sdk::inline v0::detail
