// SPDX-License-Identifier: Apache-2.0
#include "globus_sdk/core/paging.hpp"

#include <algorithm>
#include <charconv>
#include <map>
#include <vector>

#include "core/base/url_encoding.hpp"
#include "globus_sdk/core/errors.hpp"

namespace globus_sdk::inline v0::detail {

namespace {

bool pages_by_offset(Paging::Kind kind) {
  return kind == Paging::Kind::has_next || kind == Paging::Kind::limit_offset_total;
}

std::int64_t number_in_query(const Request& request, std::string_view name,
                             std::int64_t otherwise) {
  const auto text = request.query_value(name);
  std::int64_t number = otherwise;
  if (text) std::from_chars(text->data(), text->data() + text->size(), number);
  return number;
}

/// True when the page has that member, and it is true.
bool is_true(const GlobusHTTPResponse& page, std::string_view key) {
  const auto member = page.get(key);
  return member && member->is_bool() && member->as<bool>();
}

/// A marker as the query takes it; nothing when the page has none, or an empty one.
std::optional<std::string> marker_of(const GlobusHTTPResponse& page, std::string_view key) {
  const auto member = page.get(key);
  if (!member || member->is_null()) return std::nullopt;
  std::string text = member->is_string() ? member->as<std::string>() : member->dump();
  if (text.empty()) return std::nullopt;
  return text;
}

/// What tells one page of a listing from another.
std::string position_of(const Request& request) {
  NameValuePairs pairs = request.query_pairs();
  std::sort(pairs.begin(), pairs.end());
  return form_encode(pairs);
}

}  // namespace

JsonView page_items(const GlobusHTTPResponse& page, const Paging& paging) {
  return page[paging.items_key];
}

PageCursor::PageCursor(Request first, Paging paging)
    : request_(std::move(first)), paging_(paging), landmark_(position_of(request_)) {
  if (!pages_by_offset(paging_.kind)) return;
  // the caller's own limit and offset are the size of a page and where to begin
  offset_ = number_in_query(request_, "offset", 0);
  limit_ = std::clamp(number_in_query(request_, "limit", paging_.page_size), std::int64_t{1},
                      paging_.page_size);
  // what lies beyond the last result there may be is not asked for
  limit_ = std::clamp(paging_.max_total_results - offset_, std::int64_t{1}, limit_);
  request_.set_query("limit", std::to_string(limit_));
}

void PageCursor::advance(const GlobusHTTPResponse& page) {
  switch (paging_.kind) {
    case Paging::Kind::has_next:
    case Paging::Kind::limit_offset_total:
      return advance_offset(page);
    case Paging::Kind::json_api:
      return advance_link(page);
    case Paging::Kind::next_token:
      return advance_marker(page, "next_token", "next_token");
    case Paging::Kind::nullable_marker:
      return advance_marker(page, paging_.marker_key, "marker");
    case Paging::Kind::marker:
      if (!is_true(page, "has_next_page")) break;
      return advance_marker(page, paging_.marker_key, "marker");
    case Paging::Kind::last_key:
      if (!is_true(page, "has_next_page")) break;
      return advance_marker(page, "last_key", "last_key");
  }
  done_ = true;
}

void PageCursor::advance_offset(const GlobusHTTPResponse& page) {
  const auto received = static_cast<std::int64_t>(page_items(page, paging_).size());
  offset_ += received;
  const bool more = paging_.kind == Paging::Kind::has_next
                        ? is_true(page, "has_next_page")
                        : offset_ < page["total"].as<std::int64_t>();
  // without items the next request would be the same again
  done_ = !more || received == 0 || offset_ >= paging_.max_total_results;
  if (done_) return;
  limit_ = std::min(limit_, paging_.max_total_results - offset_);
  request_.set_query("limit", std::to_string(limit_));
  request_.set_query("offset", std::to_string(offset_));
}

void PageCursor::advance_marker(const GlobusHTTPResponse& page, std::string_view key,
                                std::string_view parameter) {
  const auto marker = marker_of(page, key);
  done_ = !marker;
  if (done_) return;
  request_.set_query(parameter, *marker);
  require_progress(key);
}

void PageCursor::advance_link(const GlobusHTTPResponse& page) {
  const auto links = page.get("links");
  const auto next = links ? links->get("next") : std::nullopt;
  done_ = !next || !next->is_string();
  if (done_) return;
  const std::string link = *next;
  const std::size_t question = link.find('?');
  done_ = question == std::string::npos;
  if (done_) return;
  // a parameter may come more than once
  std::map<std::string, std::vector<std::string>> parameters;
  for (const auto& [name, value] : form_decode(std::string_view(link).substr(question + 1))) {
    parameters[name].push_back(value);
  }
  request_ = std::move(request_).query_params(Json(parameters));
  require_progress("next link");
}

void PageCursor::require_progress(std::string_view key) {
  std::string position = position_of(request_);
  if (position == landmark_) {
    throw GlobusError("paging would not end: the service sent a " + std::string(key) +
                      " that it had sent before");
  }
  if (++steps_ < lap_) return;
  landmark_ = std::move(position);
  steps_ = 0;
  lap_ *= 2;
}

}  // namespace globus_sdk::inline v0::detail
