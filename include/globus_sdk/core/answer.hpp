// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "globus_sdk/core/headers.hpp"

namespace globus_sdk::inline v0 {

/// The answer to a request, whether it is a success or an error.
struct Answer {
  /// The status code, for example 200.
  int status = 0;
  /// The text after the status code; HTTP/2 has none.
  std::string reason{};
  /// The HTTP header fields of the answer; those of a redirect are not among them.
  Headers headers{};
  /// The body, decompressed.
  std::string body{};
  /// The method of the request that was answered.
  std::string method{};
  /// The URL of that request, as it was sent.
  std::string url{};
  /// Values of that request that must never appear in a message.
  std::vector<std::string> secrets{};
  /// Whether that request carried a secret in its body or query. The answer may then hold other
  /// secrets, and is wiped when nothing refers to it any more.
  bool is_secret = false;
  /// Whether it is a redirect to a page where a person logs in. The SDK does not follow it, and
  /// takes it for an error.
  bool asks_for_login = false;
  /// What the SDK adds to the error's message because the service does not say it; mostly empty.
  std::string remark{};
};

}  // namespace globus_sdk::inline v0
