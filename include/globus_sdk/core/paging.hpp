// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "globus_sdk/core/connection.hpp"
#include "globus_sdk/core/json.hpp"
#include "globus_sdk/core/mode.hpp"
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

  bool done() const noexcept { return done_; }
  /// The request for the next page.
  Request request() const;
  /// The place after `page`, which is the answer to request(). This place stays as it is, also when
  /// an error is thrown.
  ///
  /// @throws GlobusError when the service repeats markers or links, so that the listing never ends.
  PageCursor after(const GlobusHTTPResponse& page) const;

 private:
  void advance(const GlobusHTTPResponse& page);
  void advance_offset(const GlobusHTTPResponse& page);
  void advance_marker(const GlobusHTTPResponse& page, std::string_view key,
                      std::string_view parameter);
  void advance_link(const GlobusHTTPResponse& page);
  /// A number among the parameters that the caller gave.
  std::int64_t number_given(std::string_view name, std::int64_t otherwise) const;
  /// Brent's cycle detection. Only one place is remembered; it is replaced when as many pages were
  /// read after it as before it. So a cycle of any length is found.
  void require_progress(std::string_view key);

  std::shared_ptr<const Request> first_;
  Json document_{};  ///< the body of the first request, where parameters are members of it
  Paging paging_;
  /// What leads to the next page: an object of the parameters that the request for it has in place
  /// of the first request's.
  Json parameters_ = Json::object();
  std::int64_t offset_ = 0;
  std::int64_t limit_ = 0;
  std::string landmark_;
  std::uint64_t steps_ = 0;
  std::uint64_t lap_ = 1;
  bool done_ = false;
};

/// The items of a page.
JsonView page_items(const GlobusHTTPResponse& page, const Paging& paging);

}  // namespace detail

/// The pages of a listing: a lazy, single-pass input range. Nothing is sent before `begin()`, and
/// each `begin()` starts with the first page. Errors are thrown by `begin()` and `++`. (The pages
/// of `client.async().paginated()` are read with `co_await`: see globus_sdk/async.hpp.)
template <class Mode, class Response> class [[nodiscard]] Pages {
  struct Walk {
    detail::Connection connection;
    Paging paging;
    detail::PageCursor cursor;
    std::optional<Response> page{};

    void next() {
      page.reset();
      if (cursor.done()) return;
      page.emplace(Mode::template send<Response>(connection, cursor.request()));
      cursor = cursor.after(*page);
    }
  };

 public:
  /// For the SDK's own use: `paginated()` of a client makes it.
  Pages(detail::Connection connection, Request first, Paging paging)
      : connection_(std::move(connection)), first_(std::move(first)), paging_(paging) {}

  /// Goes over the pages once.
  class Iterator {
   public:
    using value_type = Response;
    using difference_type = std::ptrdiff_t;
    using iterator_concept = std::input_iterator_tag;

    explicit Iterator(std::shared_ptr<Walk> walk) : walk_(std::move(walk)) {}
    const Response& operator*() const& { return *walk_->page; }
    /// The same for a temporary object.
    Response operator*() const&& { return *walk_->page; }
    const Response* operator->() const { return &*walk_->page; }
    Iterator& operator++() {
      walk_->next();
      return *this;
    }
    void operator++(int) { walk_->next(); }
    bool operator==(std::default_sentinel_t) const { return !walk_->page; }

   private:
    std::shared_ptr<Walk> walk_;
  };

  /// The items of all pages, as one lazy input range that owns its state.
  class [[nodiscard]] Items {
   public:
    /// For the SDK's own use: Pages::items makes it.
    explicit Items(Pages pages) : pages_(std::move(pages)) {}

    /// Goes over the items once.
    class Iterator {
     public:
      using value_type = JsonView;
      using difference_type = std::ptrdiff_t;
      using iterator_concept = std::input_iterator_tag;

      explicit Iterator(std::shared_ptr<Walk> walk) : walk_(std::move(walk)) { open_page(); }
      JsonView operator*() const& { return (*items_)[index_]; }
      /// The same for a temporary object.
      TemporaryJsonView operator*() const&& { return (*items_)[index_]; }
      Iterator& operator++() {
        ++index_;
        if (index_ >= size_) {
          walk_->next();
          open_page();
        }
        return *this;
      }
      void operator++(int) { ++*this; }
      bool operator==(std::default_sentinel_t) const { return !items_; }

     private:
      /// Skips pages that have no items, beginning with the current page.
      void open_page() {
        index_ = 0;
        for (items_.reset(); walk_->page; walk_->next()) {
          JsonView items = detail::page_items(*walk_->page, walk_->paging);
          if (items.size() == 0) continue;
          size_ = items.size();
          items_.emplace(std::move(items));
          return;
        }
      }

      std::shared_ptr<Walk> walk_;
      std::optional<JsonView> items_{};
      std::size_t index_ = 0;
      std::size_t size_ = 0;
    };

    /// Fetches the first page. The other pages are fetched when they are needed.
    Iterator begin() const { return Iterator(pages_.start()); }
    std::default_sentinel_t end() const { return {}; }

   private:
    Pages pages_;
  };

  /// Fetches the first page. Each `++` fetches the next one.
  Iterator begin() const { return Iterator(start()); }
  std::default_sentinel_t end() const { return {}; }

  /// The items of all pages, each page fetched when its first item is needed.
  Items items() const { return Items(*this); }

 private:
  std::shared_ptr<Walk> start() const {
    auto walk =
        std::make_shared<Walk>(Walk{connection_, paging_, detail::PageCursor(first_, paging_), {}});
    walk->next();
    return walk;
  }

  detail::Connection connection_;
  Request first_;
  Paging paging_;
};

/// The mode of the client that `client.paginated()` returns: the method of a listing returns all
/// pages.
template <class Mode> struct Paginated {
  /// The type that a method returns when its result is a T.
  template <class T> using Result = Pages<Mode, T>;
  /// The parameter type for a method's options.
  template <class O> using Options = typename Mode::template Options<O>;
  /// The parameter type for a method's document.
  template <class D> using DocumentOf = typename Mode::template DocumentOf<D>;

  template <class T> static Pages<Mode, T> send(const detail::Connection&, Request&&) {
    static_assert(sizeof(T) == 0, "this method is not paginated: call it on the client itself");
  }
  /// All pages of a listing.
  template <class T>
  static Pages<Mode, T> send_paged(const detail::Connection& connection, Request&& request,
                                   const Paging& paging) {
    return Pages<Mode, T>(connection, std::move(request), paging);
  }
};

}  // namespace globus_sdk::inline v0
