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
#include "globus_sdk/core/mode.hpp"
#include "globus_sdk/core/request.hpp"
#include "globus_sdk/core/response.hpp"

namespace globus_sdk::inline v0 {

/// How a listing goes from one page to the next. The kinds are the Python SDK's paginators.
struct Paging {
  /// How a page leads to the next, by the parameters of the request and the members of the page.
  enum class Kind {
    has_next,            ///< `limit` and `offset`, on while `has_next_page`
    limit_offset_total,  ///< `limit` and `offset`, on while below `total`
    last_key,            ///< `last_key`, on while `has_next_page`
    marker,              ///< a marker, on while `has_next_page`
    nullable_marker,     ///< a marker, on until it is null
    next_token,          ///< `next_token`, on until it is null
    json_api,            ///< the query of `links.next`
  };
  /// This listing's kind.
  Kind kind = Kind::marker;
  std::string_view items_key{};            ///< where a page has its items
  std::int64_t max_total_results = 0;      ///< of the kinds with `limit` and `offset`
  std::int64_t page_size = 0;              ///< of the kinds with `limit` and `offset`
  std::string_view marker_key = "marker";  ///< where a page has the marker of the next
};

namespace detail {

/// Where a walk over pages stands. Pure: it makes requests out of answers and sends nothing.
class PageCursor {
 public:
  PageCursor(Request first, Paging paging);

  bool done() const noexcept { return done_; }
  /// The request for the next page.
  const Request& request() const noexcept { return request_; }
  /// Takes a page, and sets request() or done().
  ///
  /// @throws GlobusError when the service hands out markers or links again and again.
  void advance(const GlobusHTTPResponse& page);

 private:
  void advance_offset(const GlobusHTTPResponse& page);
  void advance_marker(const GlobusHTTPResponse& page, std::string_view key,
                      std::string_view parameter);
  void advance_link(const GlobusHTTPResponse& page);
  /// Brent's cycle detection: a page that was met is a landmark until as many more as there were
  /// before it were met, so that a cycle of any length is found, and only one page is remembered.
  void require_progress(std::string_view key);

  Request request_;
  Paging paging_;
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
/// each `begin()` starts with the first page. Errors are thrown by `begin()` and `++`.
/// (What `client.async().paginated()` gives is walked by `co_await`: see globus_sdk/async.hpp.)
template <class Mode, class Response> class [[nodiscard]] Pages {
  struct Walk {
    detail::Connection connection;
    Paging paging;
    detail::PageCursor cursor;
    std::optional<Response> page{};

    void next() {
      page.reset();
      if (cursor.done()) return;
      page.emplace(Mode::template send<Response>(connection, Request(cursor.request())));
      cursor.advance(*page);
    }
  };

 public:
  /// For a client's paginated(), which makes it.
  Pages(detail::Connection connection, Request first, Paging paging)
      : connection_(std::move(connection)), first_(std::move(first)), paging_(paging) {}

  /// Goes over them once.
  class Iterator {
   public:
    using value_type = Response;
    using difference_type = std::ptrdiff_t;
    using iterator_concept = std::input_iterator_tag;

    explicit Iterator(std::shared_ptr<Walk> walk) : walk_(std::move(walk)) {}
    const Response& operator*() const& { return *walk_->page; }
    /// The same, of a temporary.
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
    /// For Pages::items, which makes it.
    explicit Items(Pages pages) : pages_(std::move(pages)) {}

    /// Goes over them once.
    class Iterator {
     public:
      using value_type = JsonView;
      using difference_type = std::ptrdiff_t;
      using iterator_concept = std::input_iterator_tag;

      explicit Iterator(std::shared_ptr<Walk> walk) : walk_(std::move(walk)) { open_page(); }
      JsonView operator*() const& { return (*items_)[index_]; }
      /// The same, of a temporary.
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
      /// Goes on to the first page, from the current one, that has an item.
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

    /// Fetches the first page; others as they are needed.
    Iterator begin() const { return Iterator(pages_.start()); }
    std::default_sentinel_t end() const { return {}; }

   private:
    Pages pages_;
  };

  /// Fetches the first page; each `++` the next.
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

/// The mode of what `client.paginated()` returns: a method of a listing returns all of its pages.
template <class Mode> struct Paginated {
  /// What a method that yields a T returns.
  template <class T> using Result = Pages<Mode, T>;
  /// How a method takes its options.
  template <class O> using Options = typename Mode::template Options<O>;
  /// How a method takes a payload.
  template <class P> using Named = typename Mode::template Named<P>;

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
