// SPDX-License-Identifier: Apache-2.0
#include "globus_sdk/core/paging.hpp"

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <charconv>
#include <map>
#include <vector>

#include "core/base/url_encoding.hpp"
#include "globus_sdk/core/errors.hpp"
#include "globus_sdk/core/payload.hpp"

namespace globus_sdk::inline v0::detail {

namespace {

bool pages_by_offset(Paging::Kind kind) {
  return kind == Paging::Kind::has_next || kind == Paging::Kind::limit_offset_total;
}

/// The parameter that leads to the next page, where it is one marker.
std::string_view marker_parameter(Paging::Kind kind) {
  if (kind == Paging::Kind::last_key) return "last_key";
  return kind == Paging::Kind::next_token ? "next_token" : "marker";
}

bool is_count(const boost::json::value& value) {
  return value.is_int64() && value.get_int64() >= 0;
}

bool is_text(const boost::json::value& value) {
  return value.is_string();
}

/// Whether a parameter of that name and value leads to a page of such a listing.
bool leads_to_page(Paging::Kind kind, std::string_view name, const boost::json::value& value) {
  if (pages_by_offset(kind)) return (name == "limit" || name == "offset") && is_count(value);
  if (kind != Paging::Kind::json_api) {
    return name == marker_parameter(kind) && (value.is_string() || value.is_number());
  }
  return value.is_array() && std::ranges::all_of(value.get_array(), is_text);
}

/// Whether all of the parameters do.
bool lead_to_page(Paging::Kind kind, const Json& parameters) {
  const auto* object = parameters.value().if_object();
  return object != nullptr && std::ranges::all_of(*object, [kind](const auto& member) {
           return leads_to_page(kind, member.key(), member.value());
         });
}

/// The JSON object that is the body of a request; an empty one where it has no body.
Json document_of(const Request& request) {
  const Json document = request.body() ? Json::parse(*request.body()) : Json::object();
  if (!document.is_object()) {
    throw GlobusSDKUsageError("data must be an object, since the pages are named in it");
  }
  return document;
}

/// True when the page has that member, and it is true.
bool is_true(const GlobusHTTPResponse& page, std::string_view key) {
  const auto member = page.get(key);
  return member && member->is_bool() && member->as<bool>();
}

/// A marker as a parameter; nothing when the page has none, or an empty one.
std::optional<Json> marker_of(const GlobusHTTPResponse& page, std::string_view key) {
  const auto member = page.get(key);
  if (!member || member->is_null() || *member == "") return std::nullopt;
  if (member->is_string() || member->is_number()) return Json(*member);
  return Json(member->dump());
}

/// The values of each parameter, in their order: a parameter may come more than once.
std::map<std::string, std::vector<std::string>> by_name(const NameValuePairs& pairs) {
  std::map<std::string, std::vector<std::string>> values;
  for (const auto& [name, value] : pairs) values[name].push_back(value);
  return values;
}

/// The parameters of a link that the first request of the listing does not have with the same
/// values; nothing when the link has no parameters at all.
std::optional<Json> parameters_of_link(const std::string& link, const Request& first) {
  const std::size_t question = link.find('?');
  if (question == std::string::npos) return std::nullopt;
  auto parameters = by_name(form_decode(std::string_view(link).substr(question + 1)));
  for (const auto& given : by_name(first.query_pairs())) {
    const auto same = parameters.find(given.first);
    if (same != parameters.end() && same->second == given.second) parameters.erase(same);
  }
  return Json(parameters);
}

}  // namespace

void throw_no_position() {
  throw GlobusSDKUsageError(
      "position is none of this listing: take it from position() of a listing of the same method, "
      "with the same options");
}

JsonView page_items(const GlobusHTTPResponse& page, const Paging& paging) {
  return page[paging.items_key];
}

PageCursor::PageCursor(Request first, const Paging& paging)
    : first_(std::make_shared<const Request>(std::move(first))), paging_(paging) {
  if (paging_.in_body) document_ = document_of(*first_);
  if (pages_by_offset(paging_.kind)) {
    // the caller's own limit and offset are the size of a page and where to begin
    offset_ = number_given("offset", 0);
    const std::int64_t most =
        paging_.max_page_size > 0 ? paging_.max_page_size : paging_.max_total_results;
    limit_ = std::clamp(number_given("limit", paging_.page_size), std::int64_t{1}, most);
    // what lies beyond the last result there may be is not asked for
    limit_ = std::clamp(paging_.max_total_results - offset_, std::int64_t{1}, limit_);
    parameters_ = Json::object({{"limit", limit_}});
  }
  landmark_ = parameters_.dump();
}

std::int64_t PageCursor::number_given(std::string_view name, std::int64_t otherwise) const {
  if (paging_.in_body) {
    const auto member = document_.view().get(name);
    return member && member->is_integer() ? member->as<std::int64_t>() : otherwise;
  }
  const auto text = first_->query_value(name);
  std::int64_t number = otherwise;
  if (text) std::from_chars(text->data(), text->data() + text->size(), number);
  return number;
}

Request PageCursor::request() const {
  Request request = *first_;
  if (!paging_.in_body) return std::move(request).query_params(parameters_);
  Payload body;
  body.merge(document_).merge(parameters_);
  return std::move(request).json(body);
}

PageCursor PageCursor::after(const GlobusHTTPResponse& page) const {
  PageCursor place = *this;
  place.advance(page);
  return place;
}

PageCursor PageCursor::at(const Json& parameters) const {
  PageCursor place = *this;
  place.done_ = parameters.is_null();
  if (place.done_) return place;
  if (!lead_to_page(paging_.kind, parameters)) throw_no_position();
  if (!pages_by_offset(paging_.kind)) {
    place.parameters_ = parameters;
  } else if (const auto offset = parameters.view().get("offset")) {
    place.offset_ = offset->as<std::int64_t>();
    place.done_ = place.offset_ >= paging_.max_total_results;
    place.go_to_offset();
  }
  place.landmark_ = place.parameters_.dump();
  return place;
}

void PageCursor::advance(const GlobusHTTPResponse& page) {
  switch (paging_.kind) {
    case Paging::Kind::has_next:
    case Paging::Kind::limit_offset_total:
      return advance_offset(page);
    case Paging::Kind::json_api:
      return advance_link(page);
    case Paging::Kind::next_token:
      return advance_marker(page, "next_token");
    case Paging::Kind::nullable_marker:
      return advance_marker(page, paging_.marker_key);
    case Paging::Kind::marker:
      if (!is_true(page, "has_next_page")) break;
      return advance_marker(page, paging_.marker_key);
    case Paging::Kind::last_key:
      if (!is_true(page, "has_next_page")) break;
      return advance_marker(page, "last_key");
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
  if (!done_) go_to_offset();
}

void PageCursor::go_to_offset() {
  limit_ = std::clamp(paging_.max_total_results - offset_, std::int64_t{1}, limit_);
  parameters_ = Json::object({{"limit", limit_}, {"offset", offset_}});
}

void PageCursor::advance_marker(const GlobusHTTPResponse& page, std::string_view key) {
  const auto marker = marker_of(page, key);
  done_ = !marker;
  if (done_) return;
  parameters_ = Json::object({{marker_parameter(paging_.kind), *marker}});
  require_progress(key);
}

void PageCursor::advance_link(const GlobusHTTPResponse& page) {
  const auto links = page.get("links");
  const auto next = links ? links->get("next") : std::nullopt;
  const auto parameters =
      next && next->is_string() ? parameters_of_link(*next, *first_) : std::nullopt;
  done_ = !parameters;
  if (done_) return;
  parameters_ = *parameters;
  require_progress("next link");
}

void PageCursor::require_progress(std::string_view key) {
  std::string place = parameters_.dump();
  if (place == landmark_) {
    throw GlobusError("paging would not end: the service sent a " + std::string(key) +
                      " that it had sent before");
  }
  if (++steps_ < lap_) return;
  landmark_ = std::move(place);
  steps_ = 0;
  lap_ *= 2;
}

}  // namespace globus_sdk::inline v0::detail
