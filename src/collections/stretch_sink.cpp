// SPDX-License-Identifier: Apache-2.0
#include "collections/stretch_sink.hpp"

#include <algorithm>
#include <utility>

#include "collections/content_length.hpp"
#include "globus_sdk/collections/errors.hpp"

namespace globus_sdk::inline v0::detail {

StretchSink::StretchSink(std::shared_ptr<ByteTaker> taker, std::string name)
    : taker_(std::move(taker)), name_(std::move(name)), is_part_(false) {}

StretchSink::StretchSink(std::shared_ptr<ByteTaker> taker, std::string name, const FilePart& part,
                         ServedFile file)
    : taker_(std::move(taker)),
      name_(std::move(name)),
      is_part_(true),
      file_(std::move(file)),
      end_(part.end()),
      position_(part.offset),
      furthest_(part.offset) {}

Request StretchSink::next_request(Request request) {
  has_begun_ = false;
  if (!is_part_ && position_ == 0) {  // whatever the file is now is as good
    file_.reset();
    end_.reset();
  }
  asked_ = {position_, end_, is_part_ || position_ > 0, false};
  if (!asked_.has_range) return request;
  const std::string last = end_ ? std::to_string(*end_ - 1) : std::string();
  request = std::move(request).header("Range", "bytes=" + std::to_string(position_) + '-' + last);
  const auto condition = if_range(*file_);
  asked_.has_if_range = condition.has_value();
  return condition ? std::move(request).header("If-Range", *condition) : std::move(request);
}

bool StretchSink::can_go_on() const {
  return position_ == 0 || (file_ && can_be_told_again(*file_));
}

bool StretchSink::restart() {
  if (is_part_ || !taker_->restart()) return false;
  position_ = 0;
  end_.reset();
  file_.reset();
  return true;
}

void StretchSink::begin(const Answer& head) {
  const AnsweredPart part = read_answered_part(head, asked_, name_);
  is_whole_answer_ = head.status == 200;
  if (file_ && !is_same(*file_, part.file, asked_.has_if_range && !is_whole_answer_)) {
    throw FileChangedError(name_ + ": the file changed while it was being read");
  }
  if (is_part_ && is_whole_answer_) {
    throw PartsRefused(name_ + ": the server sends the whole file, though it was asked for a part");
  }
  if (!file_) file_ = part.file;
  if (!file_->size) file_->size = part.file.size;
  answer_position_ = part.offset;
  answer_end_ = part.end ? part.end : file_->size;
  if (!is_part_) end_ = file_->size;
  has_begun_ = true;
  taker_->begin(head, *file_);
}

void StretchSink::write(std::span<const std::byte> bytes) {
  const auto count = static_cast<std::int64_t>(bytes.size());
  if (answer_end_ && count > *answer_end_ - answer_position_) {
    throw FileIntegrityError(name_ + ": the server sends more bytes than it said");
  }
  const std::int64_t known = std::clamp<std::int64_t>(position_ - answer_position_, 0, count);
  answer_position_ += count;
  bytes = bytes.subspan(static_cast<std::size_t>(known));
  if (bytes.empty()) return;
  taker_->write(position_, bytes);
  position_ += static_cast<std::int64_t>(bytes.size());
  furthest_ = std::max(furthest_, position_);
}

bool StretchSink::ended(const GlobusHTTPResponse& response) {
  if (!has_begun_) {
    throw FileTransferError(name_ + ": the server answers with status " +
                            std::to_string(response.http_status()) +
                            ", which is neither a whole file nor a part of one");
  }
  if (answer_end_ && answer_position_ < *answer_end_) {
    throw FileIntegrityError(name_ + ": the server sends fewer bytes than it said");
  }
  if (!end_ && !is_whole_answer_) {
    throw FileIntegrityError(name_ + ": the server does not say how many bytes the file has");
  }
  if (!end_) end_ = position_;
  return position_ == *end_;
}

void StretchSink::refuse(const GlobusAPIError& error) const {
  const auto text = error.headers().get("Content-Range");
  const auto size = text ? read_unsatisfied_range(*text) : std::nullopt;
  if (size && file_ && file_->size && size != file_->size) {
    throw FileChangedError(name_ + ": the file changed while it was being read: it has " +
                           std::to_string(*size) + " bytes now");
  }
  throw FileTransferError(name_ + ": the server refuses to send bytes " +
                          std::to_string(position_) + " and following, though the file has them (" +
                          error.what() + ")");
}

}  // namespace globus_sdk::inline v0::detail
