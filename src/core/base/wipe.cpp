// SPDX-License-Identifier: Apache-2.0
#include "core/base/wipe.hpp"

#include <openssl/crypto.h>

#include <algorithm>

namespace globus_sdk::inline v0::detail {

void wipe(std::string& text) noexcept {
  if (text.capacity() == 0) return;
  text.resize(text.capacity());  // needs no other memory, so it cannot fail
  OPENSSL_cleanse(text.data(), text.size());
  text.clear();
}

void append_wiping(std::string& text, std::string_view more) {
  if (text.capacity() - text.size() < more.size()) {
    std::string larger;
    larger.reserve(std::max(text.size() + more.size(), 2 * text.capacity()));
    larger.append(text);
    text.swap(larger);
    wipe(larger);
  }
  text.append(more);
}

}  // namespace globus_sdk::inline v0::detail
