// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string>

#include "globus_sdk/core/body.hpp"

namespace globus_sdk::inline v0::detail {

/// Bytes that can be read at any place, or from the first to the last one.
struct SizedBytes {
  /// The size that is promised to the server.
  std::int64_t size = 0;
  /// Whether `size` was said by the caller, and not found out.
  bool size_was_said = false;
  /// What the bytes are of, for messages: `the file /data/a.h5`.
  std::string name{};
  /// Puts the bytes from `offset` on into the buffer, as UploadSource::Function.
  std::function<std::size_t(std::int64_t offset, std::span<std::byte> buffer)> read{};
  /// Where it is set: throws when the bytes are not those any more that they were at the beginning.
  std::function<void()> require_unchanged{};
};

/// A body of a size that is promised. Before the last of its bytes is given away it is certain that
/// they end there, so that a server never has all of the bytes that it was told of unless they are
/// the right ones.
class SizedSource final : public BodySource {
 public:
  explicit SizedSource(SizedBytes bytes);

  std::int64_t size() const override { return bytes_.size; }
  void rewind() override;
  std::size_t read(std::span<std::byte> buffer) override;

 private:
  std::size_t read_at(std::int64_t offset, std::span<std::byte> buffer) const;
  void require_end() const;
  [[noreturn]] void throw_wrong_size(const std::string& what) const;

  SizedBytes bytes_;
  std::int64_t position_ = 0;
};

}  // namespace globus_sdk::inline v0::detail
