// SPDX-License-Identifier: Apache-2.0
#include "core/http/http_date.hpp"

#include <curl/curl.h>

#include <algorithm>

namespace globus_sdk::inline v0::detail {

std::optional<std::chrono::system_clock::time_point> parse_http_date(const std::string& text) {
  const time_t seconds = curl_getdate(text.c_str(), nullptr);
  if (seconds == -1) return std::nullopt;
  // the clock counts nanoseconds, and ends in the year 2262
  constexpr auto last = std::chrono::floor<std::chrono::seconds>(
      std::chrono::system_clock::time_point::max().time_since_epoch());
  return std::chrono::system_clock::time_point(std::min(std::chrono::seconds(seconds), last));
}

}  // namespace globus_sdk::inline v0::detail
