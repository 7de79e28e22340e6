// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "collections/download_progress.hpp"
#include "globus_sdk/collections/collection_options.hpp"
#include "globus_sdk/collections/upload_source.hpp"
#include "globus_sdk/core/answer.hpp"
#include "globus_sdk/core/body.hpp"
#include "globus_sdk/core/headers.hpp"
#include "globus_sdk/core/request.hpp"
#include "globus_sdk/core/text.hpp"

namespace globus_sdk::inline v0::detail {

/// The bytes of an upload on their way: tells how far they have come, and knows whether the server
/// may have had all of them before they were asked for again.
class UploadBody final : public BodySource {
 public:
  UploadBody(std::shared_ptr<BodySource> bytes, std::shared_ptr<DownloadProgress> progress);

  std::int64_t size() const override { return bytes_->size(); }
  void rewind() override;
  std::size_t read(std::span<std::byte> buffer) override;

  /// Whether an attempt before the last one may have done its work, without that anybody knows.
  bool may_have_arrived_before() const noexcept { return may_have_arrived_before_; }
  /// @throws FileIntegrityError when the server took fewer bytes than it was told of, and was
  ///   content.
  void require_all_gone() const;
  /// The collection has the file.
  void end() { progress_->end(); }
  /// The bytes alone.
  const std::shared_ptr<BodySource>& bytes() const noexcept { return bytes_; }

 private:
  /// Whether all of the bytes were given away since the last rewind.
  bool has_all_gone() const { return given_ == size(); }

  std::shared_ptr<BodySource> bytes_;
  std::shared_ptr<DownloadProgress> progress_;
  std::int64_t given_ = 0;
  bool has_begun_ = false;
  bool may_have_arrived_before_ = false;
};

/// An upload as it is to be sent.
struct Upload {
  Request request;
  std::shared_ptr<UploadBody> body;
  /// Asks for the file that the collection has, when it refuses a file for a condition of the
  /// caller's; nothing where there is no condition.
  std::optional<Request> look{};
};

/// @throws GlobusSDKUsageError for options that cannot be, and what UploadSource::open throws.
Upload plan_upload(const UploadSource& source, Text path, const UploadOptions& options);
/// The same for a source that is open.
Upload plan_upload(std::shared_ptr<BodySource> bytes, Text path, const UploadOptions& options);

/// Whether a file was written since a moment ago, by what its server says of it.
///
/// @param head of the file.
/// @param since how long ago that moment is.
bool is_written_since(const Headers& head, std::chrono::steady_clock::duration since,
                      std::chrono::system_clock::time_point now);

/// Compares the bytes of an answer with those that were to be sent, and ends the answer at the
/// first that differs.
class SameBytes final : public BodySink {
 public:
  using Clock = std::chrono::steady_clock;

  /// @param since when the upload began: a file that is older is another one.
  SameBytes(std::shared_ptr<BodySource> bytes, Clock::time_point since);

  void begin(const Answer& head) override;
  void write(std::span<const std::byte> bytes) override;
  bool rewind() override { return true; }

  /// Whether the answer was the same from its first byte to its last.
  bool are_same() const noexcept { return is_younger_ && compared_ == bytes_->size(); }

 private:
  std::shared_ptr<BodySource> bytes_;
  Clock::time_point since_;
  bool is_younger_ = false;
  std::int64_t compared_ = 0;
};

}  // namespace globus_sdk::inline v0::detail
