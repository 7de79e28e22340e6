// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "globus_sdk/core/headers.hpp"

namespace globus_sdk::inline v0 {

/// What came back for a request, whether it is a success or an error.
struct Answer {
  /// The status code, 200.
  int status = 0;
  /// The text after the status code; HTTP/2 has none.
  std::string reason{};
  /// The fields of its head, those of a redirect not among them.
  Headers headers{};
  /// The body, decompressed.
  std::string body{};
  /// Of the request that was answered.
  std::string method{};
  /// Where that request went, as it was sent.
  std::string url{};
  /// Values of that request that must never stand in a message.
  std::vector<std::string> secrets{};
  /// Whether that request carried a secret in its body or query, so that the answer may hold
  /// others: it is wiped when nothing refers to it any more.
  bool is_secret = false;
  /// What the SDK knows of it that the service does not say, for the error's message; mostly empty.
  std::string remark{};
};

}  // namespace globus_sdk::inline v0
