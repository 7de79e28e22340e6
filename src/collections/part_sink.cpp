// SPDX-License-Identifier: Apache-2.0
#include "collections/part_sink.hpp"

#include <optional>

#include "core/base/ascii.hpp"
#include "globus_sdk/collections/errors.hpp"

namespace globus_sdk::inline v0::detail {

namespace {

std::string bytes_text(const FilePart& part) {
  return "bytes " + std::to_string(part.offset) + " to " + std::to_string(part.end() - 1);
}

[[noreturn]] void throw_wrong_part(const OpenedFile& file, const FilePart& part,
                                   const std::string& what) {
  throw FileIntegrityError(file.path + ": " + bytes_text(part) + " were asked for, and " + what);
}

void require_same(const OpenedFile& file, const Answer& head) {
  if (!is_same(file.version, version_of(head.headers))) {
    throw_changed(file.path, "its ETag or time is another");
  }
}

void require_same_size(const OpenedFile& file, std::int64_t size) {
  if (size == file.size) return;
  throw_changed(file.path, "it has " + std::to_string(size) + " bytes now, and had " +
                               std::to_string(file.size));
}

/// The value of a header that must not come twice with different values.
std::optional<std::string> only(const std::string& path, const Answer& head, const char* name) {
  const auto values = head.headers.all(name);
  for (const std::string& value : values) {
    if (value != values.front()) {
      throw FileIntegrityError(path + ": the answer has two different " + name);
    }
  }
  return values.empty() ? std::nullopt : std::optional(values.front());
}

void require_length(const OpenedFile& file, const FilePart& part, const Answer& head) {
  const auto length = only(file.path, head, "Content-Length");
  if (length && *length != std::to_string(part.size)) {
    throw_wrong_part(file, part, "the answer announces " + *length + " bytes");
  }
}

}  // namespace

void throw_changed(const std::string& path, const std::string& how) {
  throw FileChangedError("the file " + path + " of the collection changed after it was opened: " +
                         how + "; open it again");
}

void require_plain_file(const std::string& path, const Answer& head) {
  if (head.status != 200 && head.status != 206) {
    throw FileTransferError(path + ": the server answers with status " +
                            std::to_string(head.status) + ", which is none of a file's");
  }
  const auto encoding = head.headers.get("Content-Encoding");
  if (encoding && !encoding->empty() && !ascii_equal(*encoding, "identity")) {
    throw FileIntegrityError(path + ": the server encodes the bytes (" + *encoding +
                             "), though they were asked for as they are");
  }
  const auto type = head.headers.get("Content-Type");
  if (head.status == 206 && type && ascii_starts_with(*type, "multipart/byteranges")) {
    throw FileIntegrityError(path + ": the server sends several parts, though one was asked for");
  }
}

ContentRange sent_range(const std::string& path, const Answer& head) {
  const auto text = only(path, head, "Content-Range");
  const auto range = text ? read_content_range(*text) : std::nullopt;
  if (!range) throw FileIntegrityError(path + ": the answer does not say which bytes it has");
  return *range;
}

void require_part(const OpenedFile& file, const FilePart& part, const Answer& head) {
  require_plain_file(file.path, head);
  require_same(file, head);
  if (head.status == 200) {
    if (part != FilePart{0, file.size}) {
      throw FileTransferError(file.path +
                              ": the server sends the whole file where a part was asked for: "
                              "fetch it with download()");
    }
  } else {
    const ContentRange range = sent_range(file.path, head);
    if (range.file_size) require_same_size(file, *range.file_size);
    if (range.part != part) {
      throw_wrong_part(file, part, "the answer has " + bytes_text(range.part));
    }
  }
  require_length(file, part, head);
}

void PartSink::begin(const Answer& head) {
  require_part(*file_, part_, head);
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
