// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "collections/byte_taker.hpp"
#include "collections/download_progress.hpp"
#include "collections/file_digest.hpp"
#include "core/process/file_descriptor.hpp"
#include "globus_sdk/core/body.hpp"

namespace globus_sdk::inline v0::detail {

/// Passes bytes on to the caller's own sink in their order.
class OrderedTaker : public ByteTaker {
 public:
  OrderedTaker(std::shared_ptr<BodySink> sink, std::shared_ptr<DownloadProgress> progress,
               std::optional<ExpectedDigest> checksum);

  void open() override {}
  std::optional<ServedFile> file() const override { return std::nullopt; }
  std::vector<FilePart> missing() const override { return {}; }
  void begin(const Answer& head, const ServedFile& file) override;
  void write(std::int64_t offset, std::span<const std::byte> bytes) override;
  bool restart() override;
  void finish(std::int64_t size) override;
  void leave(bool) noexcept override {}
  std::int64_t resumed() const override { return 0; }

 private:
  const std::shared_ptr<BodySink> sink_;
  const std::shared_ptr<DownloadProgress> progress_;
  FileDigests digests_;
  bool has_written_ = false;
};

/// Writes to a descriptor: a device, a pipe.
class DescriptorSink final : public BodySink {
 public:
  /// @param path for messages.
  DescriptorSink(FileDescriptor descriptor, std::string path);

  void write(std::span<const std::byte> bytes) override;

 private:
  const FileDescriptor descriptor_;
  const std::string path_;
};

}  // namespace globus_sdk::inline v0::detail
