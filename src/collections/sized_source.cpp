// SPDX-License-Identifier: Apache-2.0
#include "collections/sized_source.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "globus_sdk/collections/errors.hpp"

namespace globus_sdk::inline v0::detail {

SizedSource::SizedSource(SizedBytes bytes) : bytes_(std::move(bytes)) {}

void SizedSource::rewind() {
  position_ = 0;
  if (bytes_.size == 0) require_end();  // nothing is read then
}

std::size_t SizedSource::read(std::span<std::byte> buffer) {
  const auto left = static_cast<std::uint64_t>(bytes_.size - position_);
  if (left == 0 || buffer.empty()) return 0;
  const std::size_t room = std::min<std::uint64_t>(buffer.size(), left);
  const std::size_t count = read_at(position_, buffer.first(room));
  if (count == 0) {
    throw_wrong_size("ended after " + std::to_string(position_) + " of " +
                     std::to_string(bytes_.size) + " bytes");
  }
  position_ += static_cast<std::int64_t>(count);
  if (position_ == bytes_.size) require_end();
  return count;
}

std::size_t SizedSource::read_at(std::int64_t offset, std::span<std::byte> buffer) const {
  const std::size_t count = bytes_.read(offset, buffer);
  if (count > buffer.size()) {
    throw GlobusSDKUsageError(
        "source: the function returned a larger number of bytes than there was room for");
  }
  return count;
}

void SizedSource::require_end() const {
  std::array<std::byte, 1> beyond{};
  if (read_at(bytes_.size, beyond) > 0) {
    throw_wrong_size("has more than " + std::to_string(bytes_.size) + " bytes");
  }
  if (bytes_.require_unchanged) bytes_.require_unchanged();
}

void SizedSource::throw_wrong_size(const std::string& what) const {
  if (bytes_.size_was_said) {
    throw FileIntegrityError("upload: " + bytes_.name + " " + what +
                             ", which the option size says; nothing was uploaded");
  }
  throw FileChangedError("upload: " + bytes_.name + " " + what +
                         ": it changed while it was being sent; nothing was uploaded");
}

}  // namespace globus_sdk::inline v0::detail
