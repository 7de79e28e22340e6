// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "core/http/curl_handles.hpp"
#include "core/http/reused_url.hpp"

namespace globus_sdk::inline v0::detail {

/// How a handle is set up for a GET of which nothing is special, whatever its URL and headers.
struct PlainGet {
  bool https = false;
  bool proxied = false;
  bool to_sink = false;
  long connect_timeout = 0;  // milliseconds

  friend bool operator==(const PlainGet&, const PlainGet&) = default;
};

/// An easy handle of one transport, for one request after the other.
struct EasyHandle {
  Easy easy = make_easy();
  ReusedUrl url{};
  /// What it is still set up for; nothing when it has to be set up from the beginning.
  std::optional<PlainGet> set_up_for{};
};

}  // namespace globus_sdk::inline v0::detail
