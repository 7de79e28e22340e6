// SPDX-License-Identifier: Apache-2.0
#include "collections/ordered_taker.hpp"

#include <poll.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

#include "collections/local_place.hpp"
#include "core/process/sigpipe.hpp"
#include "globus_sdk/collections/errors.hpp"

namespace globus_sdk::inline v0::detail {

OrderedTaker::OrderedTaker(std::shared_ptr<BodySink> sink,
                           std::shared_ptr<DownloadProgress> progress,
                           std::optional<ExpectedDigest> checksum)
    : sink_(std::move(sink)), progress_(std::move(progress)), digests_(std::move(checksum)) {}

void OrderedTaker::begin(const Answer& head, const ServedFile& file) {
  progress_->set_total(file.size);
  if (has_written_) return;
  sink_->rewind();
  digests_.restart();
  digests_.expect(announced_digests(head));
  sink_->begin(head);
}

void OrderedTaker::write(std::int64_t, std::span<const std::byte> bytes) {
  has_written_ = true;
  sink_->write(bytes);
  digests_.update(bytes);
  progress_->add(static_cast<std::int64_t>(bytes.size()));
}

bool OrderedTaker::restart() {
  if (has_written_ && !sink_->rewind()) return false;
  has_written_ = false;
  digests_.restart();
  progress_->restart_with(0);
  return true;
}

void OrderedTaker::finish(std::int64_t size) {
  digests_.verify(progress_->path());
  progress_->set_total(size);
  progress_->end();
}

DescriptorSink::DescriptorSink(FileDescriptor descriptor, std::string path)
    : descriptor_(std::move(descriptor)), path_(std::move(path)) {}

void DescriptorSink::write(std::span<const std::byte> bytes) {
  const SigpipeGuard no_signal;
  while (!bytes.empty()) {
    const ssize_t count =
        unless_interrupted([&] { return ::write(descriptor_.get(), bytes.data(), bytes.size()); });
    if (count >= 0) {
      bytes = bytes.subspan(static_cast<std::size_t>(count));
    } else if (errno == EAGAIN) {  // whoever gave the descriptor does not want to wait: we do
      struct pollfd writable{descriptor_.get(), POLLOUT, 0};
      poll(&writable, 1, -1);
    } else {
      throw LocalFileError("write", path_, errno);
    }
  }
}

}  // namespace globus_sdk::inline v0::detail
