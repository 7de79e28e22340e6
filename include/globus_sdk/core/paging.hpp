// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "globus_sdk/core/json.hpp"
#include "globus_sdk/core/request.hpp"
#include "globus_sdk/core/response.hpp"

namespace globus_sdk::inline v0 {

/// How a listing goes from one page to the next. The kinds are the Python SDK's paginators.
struct Paging {
  /// How one page leads to the next: by parameters of the request and members of the page.
  enum class Kind {
    has_next,            ///< by `limit` and `offset`, while `has_next_page` is true
    limit_offset_total,  ///< by `limit` and `offset`, until `total` is reached
    last_key,            ///< by `last_key`, while `has_next_page` is true
    marker,              ///< by a marker, while `has_next_page` is true
    nullable_marker,     ///< by a marker, until it is null
    next_token,          ///< by `next_token`, until it is null
    json_api,            ///< by the query parameters of `links.next`
  };
  /// This listing's kind.
  Kind kind = Kind::marker;
  std::string_view items_key{};            ///< the member of a page that holds its items
  std::int64_t max_total_results = 0;      ///< only for the kinds with `limit` and `offset`
  std::int64_t page_size = 0;              ///< the `limit` where the caller gives none; likewise
  std::string_view marker_key = "marker";  ///< the member of a page that holds the next marker
  /// Whether the parameters that lead to a page are members of the request's body, which is a JSON
  /// object. Otherwise they stand in its query.
  bool in_body = false;
  /// The largest `limit` that the service takes; 0 where that is `max_total_results`.
  std::int64_t max_page_size = 0;
};

namespace detail {

/// A place in a listing, between two pages of it. It sends nothing: it makes the request for the
/// next page, and gives the place after that page. Copies share the first request.
class PageCursor {
 public:
  /// The place before the first page.
  ///
  /// @param first the request for the first page, as the caller's options make it.
  /// @throws GlobusSDKUsageError when the parameters are to be members of a body that is no object.
  PageCursor(Request first, const Paging& paging);

  const Paging& paging() const noexcept { return paging_; }
  /// Whether no page follows.
  bool done() const noexcept { return done_; }
  /// The request for the next page.
  Request request() const;
  /// The place after `page`, which is the answer to request(). This place stays as it is, also when
  /// an error is thrown.
  ///
  /// @throws GlobusError when the service repeats markers or links, so that the listing never ends.
  PageCursor after(const GlobusHTTPResponse& page) const;

  /// What leads to the next page: an object of the parameters that its request has beside those of
  /// the first one, or in place of them; null when no page follows.
  Json parameters() const { return done_ ? Json() : parameters_; }
  /// The place that another cursor of the same listing said that by.
  ///
  /// @throws GlobusSDKUsageError when it is of another kind of listing, or none at all.
  PageCursor at(const Json& parameters) const;

 private:
  void advance(const GlobusHTTPResponse& page);
  void advance_offset(const GlobusHTTPResponse& page);
  void advance_marker(const GlobusHTTPResponse& page, std::string_view key);
  void advance_link(const GlobusHTTPResponse& page);
  /// Makes offset_ the place, and shortens the page to what there may be at most.
  void go_to_offset();
  /// A number among the parameters that the caller gave.
  std::int64_t number_given(std::string_view name, std::int64_t otherwise) const;
  /// Brent's cycle detection. Only one place is remembered; it is replaced when as many pages were
  /// read after it as before it. So a cycle of any length is found.
  void require_progress(std::string_view key);

  std::shared_ptr<const Request> first_;
  Json document_{};  ///< the body of the first request, where parameters are members of it
  Paging paging_;
  Json parameters_ = Json::object();
  std::int64_t offset_ = 0;
  std::int64_t limit_ = 0;
  std::string landmark_;
  std::uint64_t steps_ = 0;
  std::uint64_t lap_ = 1;
  bool done_ = false;
};

/// Throws GlobusSDKUsageError: a text that was given as a position in a listing is none.
[[noreturn]] void throw_no_position();

/// The items of a page.
JsonView page_items(const GlobusHTTPResponse& page, const Paging& paging);

}  // namespace detail

}  // namespace globus_sdk::inline v0
