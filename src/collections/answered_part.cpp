// SPDX-License-Identifier: Apache-2.0
#include "collections/answered_part.hpp"

#include <string_view>

#include "collections/content_length.hpp"
#include "collections/file_part.hpp"
#include "core/base/ascii.hpp"
#include "core/base/one_line.hpp"
#include "globus_sdk/collections/errors.hpp"

namespace globus_sdk::inline v0::detail {

namespace {

[[noreturn]] void refuse(const std::string& name, const std::string& fault) {
  throw FileTransferError(name + ": " + fault);
}

std::string asked_text(const AskedPart& asked) {
  return "bytes " + std::to_string(asked.offset) + " to " +
         (asked.end ? std::to_string(*asked.end - 1) : "the end");
}

bool begins_with(std::string_view text, std::string_view beginning) {
  return ascii_equal(text.substr(0, beginning.size()), beginning);
}

/// A body whose end is that of its connection is whole for all that anybody can tell.
void require_told_end(const Answer& head, const std::string& name) {
  const Headers& headers = head.headers;
  const bool is_http2 = head.reason.empty() && !headers.contains("Connection");
  if (headers.contains("Transfer-Encoding") || is_http2) return;
  throw FileIntegrityError(name +
                           ": the server does not say how many bytes the file has, so that "
                           "nobody can tell whether all of them came");
}

void require_plain(const Answer& head, const std::string& name) {
  const auto encoding = head.headers.get("Content-Encoding");
  if (!encoding || encoding->empty() || ascii_equal(*encoding, "identity")) return;
  refuse(name, "the server sends it in another form (Content-Encoding: " + one_line(*encoding) +
                   "), though it was asked for the file as it is");
}

std::optional<std::int64_t> checked_length(const Answer& head, const std::string& name) {
  const auto text = head.headers.get("Content-Length");
  if (!text) return std::nullopt;
  const auto length = read_byte_count(*text);
  if (!length) refuse(name, "the server says no number in Content-Length: " + one_line(*text));
  return length;
}

AnsweredPart read_whole(const Answer& head, const std::string& name) {
  const auto size = checked_length(head, name);
  if (!size) require_told_end(head, name);
  return {0, size, served_file(head, size)};
}

ContentRange checked_range(const Answer& head, const std::string& name) {
  const auto text = head.headers.get("Content-Range");
  const auto type = head.headers.get("Content-Type");
  if (!text && type && begins_with(*type, "multipart/byteranges")) {
    refuse(name, "the server sends several parts, though it was asked for one");
  }
  if (!text) refuse(name, "the server does not say which part it sends (no Content-Range)");
  const auto range = read_content_range(*text);
  if (!range) {
    refuse(name,
           "the server does not say which part it sends (Content-Range: " + one_line(*text) + ")");
  }
  return *range;
}

AnsweredPart read_part(const Answer& head, const AskedPart& asked, const std::string& name) {
  if (!asked.has_range) refuse(name, "the server sends a part, though it was asked for the whole");
  const ContentRange range = checked_range(head, name);
  // fewer bytes than were asked for are a beginning
  if (range.part.offset != asked.offset || (asked.end && range.part.end() > *asked.end)) {
    refuse(name, "the server was asked for " + asked_text(asked) + ", and sends bytes " +
                     std::to_string(range.part.offset) + " to " +
                     std::to_string(range.part.end() - 1));
  }
  const auto length = checked_length(head, name);
  if (length && *length != range.part.size) {
    refuse(name, "the server contradicts itself: Content-Length says " + std::to_string(*length) +
                     " bytes, and Content-Range " + std::to_string(range.part.size));
  }
  return {range.part.offset, range.part.end(), served_file(head, range.file_size)};
}

}  // namespace

AnsweredPart read_answered_part(const Answer& head, const AskedPart& asked,
                                const std::string& name) {
  require_plain(head, name);
  if (head.status == 200) return read_whole(head, name);
  if (head.status == 206) return read_part(head, asked, name);
  refuse(name, "the server answers with status " + std::to_string(head.status) +
                   ", which is neither a whole file nor a part of one");
}

}  // namespace globus_sdk::inline v0::detail
