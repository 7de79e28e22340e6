// SPDX-License-Identifier: Apache-2.0
#include "collections/remote_file_open.hpp"

#include <algorithm>
#include <cstring>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "collections/answered_part.hpp"
#include "collections/collection_path.hpp"
#include "collections/remote_file_state.hpp"
#include "core/arguments/not_negative.hpp"
#include "core/call/blocking_mode.hpp"
#include "globus_sdk/collections/errors.hpp"

namespace globus_sdk::inline v0::detail {

namespace {

constexpr std::int64_t default_block_size = std::int64_t{256} << 10;
constexpr std::int64_t default_cache_size = std::int64_t{32} << 20;
constexpr std::int64_t default_read_ahead = std::int64_t{8} << 20;
constexpr std::int64_t largest_block = std::int64_t{1} << 30;
/// A first block that is larger is not fetched before it is known to be of use.
constexpr std::int64_t largest_first_block = std::int64_t{1} << 20;
constexpr std::int64_t first_of_large_blocks = std::int64_t{64} << 10;
/// With room for sums of sizes.
constexpr std::int64_t largest_file = std::int64_t{1} << 60;

ReadSettings read_settings(const OpenFileOptions& options) {
  ReadSettings settings;
  settings.block_size = options.block_size.value_or(default_block_size);
  if (settings.block_size < 1 || settings.block_size > largest_block) {
    throw GlobusSDKUsageError("block_size must be from 1 to 1073741824 bytes");
  }
  const std::int64_t cache_size =
      not_negative("cache_size", options.cache_size.value_or(default_cache_size));
  settings.blocks = cache_size / settings.block_size;
  settings.read_ahead = not_negative("read_ahead", options.read_ahead.value_or(default_read_ahead));
  return settings;
}

/// The part that the first request asks for.
FilePart first_part(const ReadSettings& settings) {
  if (settings.blocks == 0) return {0, 1};
  if (settings.block_size > largest_first_block) return {0, first_of_large_blocks};
  return {0, settings.block_size};
}

/// Takes the first part of a file, or a small file as a whole, and learns how large the file is.
class OpeningSink final : public BodySink {
 public:
  /// @param asked nothing where the whole file was asked for.
  /// @param most how many bytes of a whole file are taken.
  OpeningSink(std::string path, std::optional<FilePart> asked, std::int64_t most)
      : path_(std::move(path)), asked_(asked), most_(most) {}

  void begin(const Answer& head) override {
    const AskedPart asked{.offset = 0,
                          .end = asked_ ? std::optional(asked_->size) : std::nullopt,
                          .has_range = asked_.has_value()};
    const AnsweredPart answered = read_answered_part(head, asked, path_);
    expected_ = answered.end;
    served_ = answered.file;
    if (head.status == 206) require_first_part();
    if (expected_.value_or(0) > most_) throw_no_parts();
    content_.clear();
    content_.reserve(static_cast<std::size_t>(expected_.value_or(0)));
    head_ = head;
  }
  void write(std::span<const std::byte> bytes) override {
    const std::int64_t after = std::ssize(content_) + std::ssize(bytes);
    if (expected_ && after > *expected_) throw FileIntegrityError(path_ + ": more bytes came");
    if (after > most_) throw_no_parts();
    content_.insert(content_.end(), bytes.begin(), bytes.end());
  }
  bool rewind() override {
    content_.clear();
    return true;
  }

  /// To be called when the answer has ended.
  void require_whole() {
    if (!head_) throw FileTransferError(path_ + ": the server sends no file");
    if (!expected_) expected_ = std::ssize(content_);
    if (std::ssize(content_) != *expected_) {
      throw FileIntegrityError(path_ + ": " + std::to_string(*expected_) +
                               " bytes were announced, and the answer ended after " +
                               std::to_string(std::ssize(content_)));
    }
    if (!served_.size) served_.size = expected_;
  }
  std::int64_t file_size() const { return *served_.size; }
  const ServedFile& served() const { return served_; }
  const Answer& head() const { return *head_; }
  std::vector<std::byte>& content() { return content_; }

 private:
  void require_first_part() const {
    const std::int64_t size = served_.size.value_or(0);
    if (size < 1 || size > largest_file) {
      throw FileIntegrityError(path_ + ": the server does not say how large the file is");
    }
    if (expected_ != std::min(asked_->size, size)) {
      throw FileIntegrityError(path_ + ": the server sends fewer bytes than were asked for");
    }
  }
  [[noreturn]] void throw_no_parts() const {
    throw FileTransferError(path_ +
                            ": the server does not send parts of files. Without them a file can "
                            "be opened up to the cache_size (" +
                            std::to_string(most_) +
                            " bytes at most): open it with a larger one, or use download()");
  }

  const std::string path_;
  const std::optional<FilePart> asked_;
  const std::int64_t most_;
  std::optional<Answer> head_{};
  ServedFile served_{};
  std::optional<std::int64_t> expected_{};  // bytes of the answer, where they are announced
  std::vector<std::byte> content_{};
};

/// The head of the whole file, made of that of a part.
FileHead head_of_file(Answer head, std::int64_t size) {
  if (head.status == 206) {
    head.headers.remove("Content-Range");
    head.headers.set("Accept-Ranges", "bytes");
  }
  head.status = 200;
  head.reason = "OK";
  head.headers.set("Content-Length", std::to_string(size));
  return FileHead(GlobusHTTPResponse(std::move(head)));
}

/// Asks for the beginning of a file. Of an empty one no part can be had: it is asked for as a
/// whole.
std::shared_ptr<OpeningSink> fetch_beginning(const Connection& connection, const Request& request,
                                             const std::string& path, const FilePart& asked,
                                             std::int64_t most) {
  auto sink = std::make_shared<OpeningSink>(path, asked, most);
  try {
    execute<Blocking>(connection,
                      Request(request).header("Range", range_text(asked)).answer_to(sink))
        .get();
  } catch (const GlobusAPIError& error) {
    if (error.http_status() != 416) throw;
    sink = std::make_shared<OpeningSink>(path, std::nullopt, most);
    execute<Blocking>(connection, Request(request).answer_to(sink)).get();
  }
  sink->require_whole();
  return sink;
}

std::shared_ptr<Block> block_of(const std::vector<std::byte>& content) {
  auto block = std::make_shared<Block>(content.size());
  std::memcpy(block->bytes().data(), content.data(), content.size());
  return block;
}

}  // namespace

RemoteFile open_remote_file(const Connection& connection, Text path,
                            const OpenFileOptions& options) {
  const ReadSettings settings = read_settings(options);
  const Request request = file_request("GET", path);
  const FilePart asked = first_part(settings);
  const std::int64_t most = std::max(asked.size, options.cache_size.value_or(default_cache_size));
  ReadLimits limits(connection);
  const auto beginning = fetch_beginning(limits.connection(), request, path.str(), asked, most);
  const std::int64_t size = beginning->file_size();
  FileHead head = head_of_file(beginning->head(), size);
  std::vector<std::byte>& content = beginning->content();
  if (std::ssize(content) == size) {
    return RemoteFile(std::make_shared<RemoteFileState>(std::move(head), std::move(content)));
  }
  PartSource source(connection, request, {path.str(), beginning->served(), size});
  auto reader = std::make_shared<BlockReader>(std::move(source), settings);
  if (std::ssize(content) == settings.block_size) reader->keep(0, block_of(content));
  return RemoteFile(std::make_shared<RemoteFileState>(std::move(head), std::move(reader)));
}

}  // namespace globus_sdk::inline v0::detail
