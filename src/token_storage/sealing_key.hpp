// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <string>
#include <string_view>

#include "globus_sdk/token_storage/token_sealer.hpp"

namespace globus_sdk::inline v0 {

/// What a key is, in memory that is wiped at the end.
struct SealingKey::Bytes {
  /// @param key of the size of a key.
  explicit Bytes(std::string_view key);
  ~Bytes();
  Bytes(const Bytes&) = delete;
  Bytes& operator=(const Bytes&) = delete;

  std::array<unsigned char, SealingKey::size> key{};
  /// Tells this key from others, and nothing of it.
  std::string id{};
};

}  // namespace globus_sdk::inline v0
