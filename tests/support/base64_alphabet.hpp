// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <string>

namespace globus_sdk_test {

/// A text in the alphabet of base64 for URLs, in the ordinary one.
inline std::string in_ordinary_base64_alphabet(std::string text) {
  std::replace(text.begin(), text.end(), '-', '+');
  std::replace(text.begin(), text.end(), '_', '/');
  return text;
}

}  // namespace globus_sdk_test
