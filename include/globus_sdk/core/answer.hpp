// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "globus_sdk/core/headers.hpp"

namespace globus_sdk::inline v0 {

/// What came back for a request, before anyone judged it.
struct Answer {
  int status = 0;
  /// The text after the status code; HTTP/2 has none.
  std::string reason{};
  Headers headers{};
  std::string body{};
  /// Of the request that was answered.
  std::string method{};
  std::string url{};
  /// Values of that request that must never stand in a message.
  std::vector<std::string> secrets{};
};

}  // namespace globus_sdk::inline v0
