// SPDX-License-Identifier: Apache-2.0
#include "collections/upload.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include "collections/collection_path.hpp"
#include "core/http/header_text.hpp"
#include "core/http/http_date.hpp"
#include "globus_sdk/collections/errors.hpp"

namespace globus_sdk::inline v0::detail {

// ---- the bytes on their way ---------------------------------------------------------------------

UploadBody::UploadBody(std::shared_ptr<BodySource> bytes,
                       std::shared_ptr<DownloadProgress> progress)
    : bytes_(std::move(bytes)), progress_(std::move(progress)) {}

void UploadBody::rewind() {
  may_have_arrived_before_ = may_have_arrived_before_ || (has_begun_ && has_all_gone());
  has_begun_ = true;
  given_ = 0;
  progress_->restart_with(0);
  bytes_->rewind();
}

std::size_t UploadBody::read(std::span<std::byte> buffer) {
  const std::size_t count = bytes_->read(buffer);
  given_ += static_cast<std::int64_t>(count);
  progress_->add(static_cast<std::int64_t>(count));
  return count;
}

void UploadBody::require_all_gone() const {
  if (has_all_gone()) return;
  throw FileIntegrityError("upload: the server answered with success after " +
                           std::to_string(given_) + " of " + std::to_string(size()) +
                           " bytes; what it has now may be a part of the file");
}

// ---- the request --------------------------------------------------------------------------------

namespace {

constexpr const char* usual_type = "application/octet-stream";

void check(const UploadOptions& options) {
  const bool overwrites = options.overwrite.value_or(true);
  if (options.if_match) {
    require("if_match", *options.if_match);
    if (!overwrites) {
      throw GlobusSDKUsageError(
          "if_match is for a file that is there, and overwrite=false for one that is not: give one "
          "of them");
    }
  }
  if (options.content_type &&
      (options.content_type->empty() || !is_header_text(*options.content_type))) {
    throw GlobusSDKUsageError("content_type must not be empty, or hold a line end or NUL");
  }
}

}  // namespace

Upload plan_upload(const UploadSource& source, Text path, const UploadOptions& options) {
  std::optional<std::int64_t> size;
  if (options.size) size = *options.size;
  return plan_upload(source.open(size), path, options);
}

Upload plan_upload(std::shared_ptr<BodySource> bytes, Text path, const UploadOptions& options) {
  check(options);
  auto progress =
      std::make_shared<DownloadProgress>(options.on_progress.value_or(OnProgress()), path.str());
  progress->set_total(bytes->size());
  auto body = std::make_shared<UploadBody>(std::move(bytes), std::move(progress));
  Request request = file_request("PUT", path)
                        .optional_header("If-Match", options.if_match)
                        .query_params(options.query_params)
                        .body_from(body, options.content_type.value_or(std::string(usual_type)));
  const bool is_new = !options.overwrite.value_or(true);
  if (is_new) request = std::move(request).header("If-None-Match", "*");
  Upload upload{std::move(request), std::move(body)};
  if (is_new || options.if_match) {
    upload.look = file_request("GET", path).query_params(options.query_params);
  }
  return upload;
}

// ---- what the collection has already ------------------------------------------------------------

bool is_written_since(const Headers& head, std::chrono::steady_clock::duration since,
                      std::chrono::system_clock::time_point now) {
  // both times are whole seconds, and a file system's clock may not be the server's
  constexpr std::chrono::seconds tolerance{2};
  const auto written = head.get("Last-Modified");
  const auto written_at = written ? parse_http_date(*written) : std::nullopt;
  if (!written_at) return false;
  const auto date = head.get("Date");
  const auto now_there = date ? parse_http_date(*date) : std::nullopt;
  const auto begin =
      now_there.value_or(now) - std::chrono::ceil<std::chrono::seconds>(since) - tolerance;
  return *written_at >= begin;
}

SameBytes::SameBytes(std::shared_ptr<BodySource> bytes, Clock::time_point since)
    : bytes_(std::move(bytes)), since_(since) {}

void SameBytes::begin(const Answer& head) {
  compared_ = 0;
  is_younger_ =
      is_written_since(head.headers, Clock::now() - since_, std::chrono::system_clock::now());
  if (!is_younger_) throw FileTransferError("the file was there before");
  bytes_->rewind();
}

void SameBytes::write(std::span<const std::byte> bytes) {
  std::vector<std::byte> own(bytes.size());
  std::size_t read = 0;
  while (read < own.size()) {
    const std::size_t count = bytes_->read(std::span(own).subspan(read));
    if (count == 0) throw FileTransferError("the file has more bytes");
    read += count;
  }
  if (!std::ranges::equal(own, bytes)) throw FileTransferError("the file has other bytes");
  compared_ += static_cast<std::int64_t>(read);
}

}  // namespace globus_sdk::inline v0::detail
