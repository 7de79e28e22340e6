// SPDX-License-Identifier: Apache-2.0
#include "globus_sdk/collections/download_target.hpp"

#include <cerrno>
#include <ostream>

#include "globus_sdk/collections/errors.hpp"
#include "globus_sdk/core/body.hpp"
#include "globus_sdk/core/errors.hpp"

namespace globus_sdk::inline v0 {

namespace {

class StreamSink final : public BodySink {
 public:
  explicit StreamSink(std::ostream& stream) : stream_(stream) {}

  void write(std::span<const std::byte> bytes) override {
    errno = 0;
    stream_.write(reinterpret_cast<const char*>(bytes.data()),
                  static_cast<std::streamsize>(bytes.size()));
    // what is kept back could fail when nobody looks any more
    stream_.flush();
    if (!stream_) throw LocalFileError("write to", "the std::ostream", errno == 0 ? EIO : errno);
  }

 private:
  std::ostream& stream_;
};

class FunctionSink final : public BodySink {
 public:
  explicit FunctionSink(DownloadTarget::Function function) : function_(std::move(function)) {}

  void write(std::span<const std::byte> bytes) override { function_(bytes); }

 private:
  DownloadTarget::Function function_;
};

class MemorySink final : public BodySink {
 public:
  explicit MemorySink(std::vector<std::byte>& memory) : memory_(memory) {}

  void write(std::span<const std::byte> bytes) override {
    memory_.insert(memory_.end(), bytes.begin(), bytes.end());
  }
  bool rewind() override {
    memory_.clear();
    return true;
  }

 private:
  std::vector<std::byte>& memory_;
};

}  // namespace

DownloadTarget::DownloadTarget(std::ostream& stream)
    : sink_(std::make_shared<StreamSink>(stream)) {}

DownloadTarget::DownloadTarget(std::vector<std::byte>& memory)
    : sink_(std::make_shared<MemorySink>(memory)) {}

DownloadTarget::DownloadTarget(Function function, int) {
  if (!function) throw GlobusSDKUsageError("target: the function is empty");
  sink_ = std::make_shared<FunctionSink>(std::move(function));
}

}  // namespace globus_sdk::inline v0
