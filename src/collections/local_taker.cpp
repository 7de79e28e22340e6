// SPDX-License-Identifier: Apache-2.0
#include "collections/local_taker.hpp"

#include <mutex>
#include <string>
#include <utility>

#include "collections/download.hpp"
#include "collections/download_parts.hpp"
#include "collections/local_place.hpp"
#include "collections/ordered_taker.hpp"
#include "collections/part_file.hpp"
#include "core/http/http_date.hpp"
#include "globus_sdk/collections/errors.hpp"

namespace globus_sdk::inline v0::detail {

namespace {

/// Into a file beside the target, which takes its place in the end.
class PartTaker final : public ByteTaker {
 public:
  PartTaker(LocalDownload download, std::shared_ptr<DownloadProgress> progress)
      : download_(std::move(download)),
        progress_(std::move(progress)),
        digests_(download_.checksum) {}

  void open() override {
    LocalPlace place =
        download_.place ? std::move(*download_.place) : find_local_place(download_.target);
    part_.emplace(std::move(place), download_.of, download_.resumes);
    resumed_ = part_->count();
    progress_->restart_with(resumed_);
    if (part_->file()) progress_->set_total(part_->file()->size);
  }
  std::optional<ServedFile> file() const override { return part_->file(); }
  std::vector<FilePart> missing() const override { return part_->missing(); }

  void begin(const Answer& head, const ServedFile& file) override;
  void write(std::int64_t offset, std::span<const std::byte> bytes) override;
  bool restart() override;
  void finish(std::int64_t size) override;
  void leave(bool is_worth_keeping) noexcept override {
    if (!part_) return;
    if (is_worth_keeping) {
      part_->keep();
    } else {
      part_->discard();
    }
    part_.reset();
  }
  std::int64_t resumed() const override { return resumed_; }

 private:
  const LocalDownload download_;
  const std::shared_ptr<DownloadProgress> progress_;
  std::optional<PartFile> part_{};
  std::int64_t resumed_ = 0;
  bool may_split_ = true;

  std::mutex mutex_;
  bool has_begun_ = false;  // guarded by mutex_, as what follows
  bool is_split_ = false;
  FileDigests digests_;
  std::optional<std::string> last_modified_{};
};

void PartTaker::begin(const Answer& head, const ServedFile& file) {
  const std::lock_guard lock(mutex_);
  if (is_split_) return;  // the head that was broken off has said all
  const bool goes_on = part_->count() > 0;
  if (goes_on && has_begun_) return;
  has_begun_ = true;
  last_modified_ = head.headers.get("Last-Modified");
  digests_.restart();
  digests_.expect(announced_digests(head));
  if (goes_on) return;
  part_->begin(file);
  progress_->set_total(file.size);
  const bool sends_parts = says_that_it_sends_parts(head.headers) && can_be_told_again(file);
  if (!may_split_ || !sends_parts) return;
  if (!download_.splitting.is_worth_it(file.size.value_or(0))) return;
  is_split_ = true;
  throw WorthSeveralConnections(download_.of.path + ": the file is fetched in parts");
}

/// Bytes that come in their order are added to the checksums at once, the others in the end.
void PartTaker::write(std::int64_t offset, std::span<const std::byte> bytes) {
  part_->write(offset, bytes);
  if (!digests_.empty()) {
    const std::lock_guard lock(mutex_);
    if (offset == digests_.size()) digests_.update(bytes);
  }
  progress_->add(static_cast<std::int64_t>(bytes.size()));
}

bool PartTaker::restart() {
  part_->restart();
  digests_.restart();
  last_modified_.reset();
  has_begun_ = false;
  may_split_ = may_split_ && !is_split_;  // what failed in parts is tried as a whole
  is_split_ = false;
  resumed_ = 0;
  progress_->restart_with(0);
  return true;
}

void PartTaker::finish(std::int64_t size) {
  part_->complete(digests_, size);
  digests_.verify(download_.of.path);
  progress_->set_total(size);
  progress_->end();
  const bool has_time = download_.keeps_times && last_modified_;
  part_->put_in_place(size, has_time ? parse_http_date(*last_modified_) : std::nullopt);
  part_.reset();
}

/// Finds out, when it is opened, which of the two the target is.
class LocalTaker final : public ByteTaker {
 public:
  LocalTaker(LocalDownload download, std::shared_ptr<DownloadProgress> progress)
      : download_(std::move(download)), progress_(std::move(progress)) {}

  void open() override {
    if (download_.place) {
      taker_ = std::make_unique<PartTaker>(download_, progress_);
    } else if (auto descriptor = open_without_place(download_.target)) {
      auto sink =
          std::make_shared<DescriptorSink>(*std::move(descriptor), download_.target.string());
      taker_ = std::make_unique<OrderedTaker>(std::move(sink), progress_, download_.checksum);
    } else {
      taker_ = std::make_unique<PartTaker>(download_, progress_);
    }
    taker_->open();
  }
  std::optional<ServedFile> file() const override { return taker_->file(); }
  std::vector<FilePart> missing() const override { return taker_->missing(); }
  void begin(const Answer& head, const ServedFile& file) override { taker_->begin(head, file); }
  void write(std::int64_t offset, std::span<const std::byte> bytes) override {
    taker_->write(offset, bytes);
  }
  bool restart() override { return taker_->restart(); }
  void finish(std::int64_t size) override { taker_->finish(size); }
  void leave(bool is_worth_keeping) noexcept override {
    if (taker_) taker_->leave(is_worth_keeping);
  }
  std::int64_t resumed() const override { return taker_->resumed(); }

 private:
  const LocalDownload download_;
  const std::shared_ptr<DownloadProgress> progress_;
  std::unique_ptr<ByteTaker> taker_{};
};

}  // namespace

std::shared_ptr<ByteTaker> make_local_taker(LocalDownload download,
                                            std::shared_ptr<DownloadProgress> progress) {
  return std::make_shared<LocalTaker>(std::move(download), std::move(progress));
}

}  // namespace globus_sdk::inline v0::detail
