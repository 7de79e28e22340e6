// SPDX-License-Identifier: Apache-2.0
#include "collections/served_file.hpp"

#include <chrono>
#include <string_view>

#include "core/base/ascii.hpp"
#include "core/base/for_each_part.hpp"
#include "core/http/http_date.hpp"

namespace globus_sdk::inline v0::detail {

namespace {

bool is_strong(const std::optional<std::string>& etag) {
  return etag && etag->size() >= 2 && etag->front() == '"' && etag->back() == '"';
}

/// Whether the file was changed long enough before the answer that a change after the answer has
/// another time (RFC 9110, 8.8.2.2).
bool is_date_strong(const Headers& headers) {
  const auto modified = headers.get("Last-Modified");
  const auto sent = headers.get("Date");
  if (!modified || !sent) return false;
  const auto modified_at = parse_http_date(*modified);
  const auto sent_at = parse_http_date(*sent);
  return modified_at && sent_at && *sent_at - *modified_at >= std::chrono::seconds(1);
}

}  // namespace

ServedFile served_file(const Answer& head, std::optional<std::int64_t> size) {
  return {head.headers.get("ETag"), head.headers.get("Last-Modified"), is_date_strong(head.headers),
          size};
}

bool can_be_told_again(const ServedFile& file) {
  return is_strong(file.etag) || (file.last_modified && file.is_date_strong);
}

std::optional<std::string> if_range(const ServedFile& file) {
  if (is_strong(file.etag)) return file.etag;
  // a server with a weak ETag is not to be asked by its date
  if (file.etag || !file.is_date_strong) return std::nullopt;
  return file.last_modified;
}

bool is_same(const ServedFile& known, const ServedFile& later, bool is_conditional) {
  if (known.size && later.size && known.size != later.size) return false;
  if (is_strong(known.etag)) {
    return known.etag == later.etag || (is_conditional && !later.etag);
  }
  if (later.etag && known.etag != later.etag) return false;
  if (!known.last_modified) return false;
  return known.last_modified == later.last_modified || (is_conditional && !later.last_modified);
}

bool says_that_it_sends_parts(const Headers& headers) {
  bool does = false;
  for (const std::string& value : headers.all("Accept-Ranges")) {
    for_each_part(value, ',', [&](std::string_view unit) {
      while (!unit.empty() && unit.front() == ' ') unit.remove_prefix(1);
      while (!unit.empty() && unit.back() == ' ') unit.remove_suffix(1);
      does = does || ascii_equal(unit, "bytes");
    });
  }
  return does;
}

}  // namespace globus_sdk::inline v0::detail
