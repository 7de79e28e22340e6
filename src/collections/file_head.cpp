// SPDX-License-Identifier: Apache-2.0
#include "globus_sdk/collections/file_head.hpp"

#include "collections/content_length.hpp"
#include "collections/file_part.hpp"
#include "collections/served_file.hpp"
#include "core/http/http_date.hpp"

namespace globus_sdk::inline v0 {

std::optional<std::int64_t> FileHead::size() const {
  if (http_status() != 206) return detail::content_length(headers());
  const auto text = headers().get("Content-Range");
  const auto range = text ? detail::read_content_range(*text) : std::nullopt;
  return range ? range->file_size : std::nullopt;
}

std::optional<std::string> FileHead::etag() const {
  return headers().get("ETag");
}

std::optional<std::chrono::system_clock::time_point> FileHead::last_modified() const {
  const auto text = headers().get("Last-Modified");
  return text ? detail::parse_http_date(*text) : std::nullopt;
}

bool FileHead::accepts_ranges() const {
  return http_status() == 206 || detail::says_that_it_sends_parts(headers());
}

}  // namespace globus_sdk::inline v0
