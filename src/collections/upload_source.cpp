// SPDX-License-Identifier: Apache-2.0
#include "globus_sdk/collections/upload_source.hpp"

#include <algorithm>
#include <cstring>
#include <exception>
#include <istream>
#include <streambuf>

#include "collections/local_file_source.hpp"
#include "collections/sized_source.hpp"
#include "core/arguments/not_negative.hpp"
#include "globus_sdk/collections/errors.hpp"

namespace globus_sdk::inline v0 {

namespace {

using detail::SizedBytes;
using Size = std::optional<std::int64_t>;

std::int64_t required(const Size& size, const std::string& why) {
  if (!size) throw GlobusSDKUsageError("size must be given: " + why);
  return *size;
}

/// Bytes whose size is known: what the caller says of it has to be the same.
SizedBytes checked(SizedBytes bytes, const Size& said) {
  if (said && *said != bytes.size) {
    throw GlobusSDKUsageError("size must be left out, or be that of the source: it is " +
                              std::to_string(*said) + ", and " + bytes.name + " has " +
                              std::to_string(bytes.size) + " bytes");
  }
  return bytes;
}

// ---- streams ------------------------------------------------------------------------------------

constexpr std::streamoff nowhere = -1;

/// The stream's buffer: its own flags, and what it throws when they change, stay out of this.
std::streambuf& buffer_of(std::istream& stream) {
  std::streambuf* const buffer = stream.rdbuf();
  if (stream.fail() || buffer == nullptr) {
    throw GlobusSDKUsageError(
        "source: the stream has failed already; was the file that it is for opened?");
  }
  return *buffer;
}

/// Throws for what opens as a stream, has a size and cannot be read, such as a folder.
void require_readable(std::streambuf& buffer) {
  bool is_readable = false;
  try {
    is_readable = buffer.sgetc() != std::streambuf::traits_type::eof();
  } catch (const std::exception&) {
    is_readable = false;
  }
  if (!is_readable) {
    throw GlobusSDKUsageError("source: the stream cannot be read; is it that of a folder?");
  }
}

std::size_t take(std::streambuf& buffer, std::span<std::byte> room) {
  const std::streamsize count =
      buffer.sgetn(reinterpret_cast<char*>(room.data()), static_cast<std::streamsize>(room.size()));
  return static_cast<std::size_t>(std::max<std::streamsize>(count, 0));
}

/// @param begin where the bytes begin.
SizedBytes searched(std::streambuf& buffer, std::streamoff begin, std::streamoff end) {
  if (end > begin) require_readable(buffer);
  const auto read = [&buffer, begin, at = std::int64_t{0}](std::int64_t offset,
                                                           std::span<std::byte> room) mutable {
    if (offset != at &&
        buffer.pubseekoff(begin + offset, std::ios::beg, std::ios::in) != begin + offset) {
      throw FileTransferError("upload: the stream cannot be read again from its beginning");
    }
    const std::size_t count = take(buffer, room);
    at = offset + static_cast<std::int64_t>(count);
    return count;
  };
  return {.size = std::max<std::int64_t>(end - begin, 0), .name = "the stream", .read = read};
}

/// Bytes that come once only.
SizedBytes passing(std::streambuf& buffer, std::int64_t size) {
  const auto read = [&buffer, at = std::int64_t{0}](std::int64_t offset,
                                                    std::span<std::byte> room) mutable {
    if (offset != at) {
      throw FileTransferError(
          "upload: the request failed and has to be sent again, which it cannot be: the stream "
          "gives its bytes once only. Give a file, or a stream that can be searched; max_retries "
          "of 0 shows why the request failed");
    }
    const std::size_t count = take(buffer, room);
    at += static_cast<std::int64_t>(count);
    return count;
  };
  return {.size = size, .size_was_said = true, .name = "the stream", .read = read};
}

/// Opens each kind of source.
struct Open {
  Size size{};

  SizedBytes operator()(const std::filesystem::path& file) const {
    return checked(detail::open_local_file(file), size);
  }
  SizedBytes operator()(std::istream* stream) const {
    std::streambuf& buffer = buffer_of(*stream);
    const std::streamoff begin = buffer.pubseekoff(0, std::ios::cur, std::ios::in);
    const std::streamoff end =
        begin == nowhere ? nowhere
                         : std::streamoff(buffer.pubseekoff(0, std::ios::end, std::ios::in));
    if (end == nowhere || buffer.pubseekoff(begin, std::ios::beg, std::ios::in) != begin) {
      return passing(buffer, required(size, "the stream cannot be searched for its end"));
    }
    return checked(searched(buffer, begin, end), size);
  }
  SizedBytes operator()(std::span<const std::byte> memory) const {
    const auto read = [memory](std::int64_t offset, std::span<std::byte> room) {
      const auto left = memory.subspan(static_cast<std::size_t>(offset));
      const std::size_t count = std::min(room.size(), left.size());
      if (count > 0) std::memcpy(room.data(), left.data(), count);
      return count;
    };
    return checked({.size = std::ssize(memory), .name = "the memory", .read = read}, size);
  }
  SizedBytes operator()(const UploadSource::Function& function) const {
    if (!function) throw GlobusSDKUsageError("source: the function is empty");
    return {.size = required(size, "a function does not tell it"),
            .size_was_said = true,
            .name = "the function",
            .read = function};
  }
};

}  // namespace

std::shared_ptr<BodySource> UploadSource::open(std::optional<std::int64_t> size) const {
  if (size) detail::not_negative("size", *size);
  return std::make_shared<detail::SizedSource>(std::visit(Open{size}, source_));
}

}  // namespace globus_sdk::inline v0
