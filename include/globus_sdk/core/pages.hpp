// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <iterator>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "globus_sdk/core/connection.hpp"
#include "globus_sdk/core/json_view.hpp"
#include "globus_sdk/core/mode.hpp"
#include "globus_sdk/core/paging.hpp"
#include "globus_sdk/core/request.hpp"
#include "globus_sdk/core/response.hpp"
#include "globus_sdk/core/text.hpp"

namespace globus_sdk::inline v0 {

namespace detail {

/// Reads a listing by pages or by items, in whatever mode. It sends nothing: it says what to send,
/// and is handed the answers. Where one of its functions throws it has changed nothing, so that the
/// same page can be asked for again.
class ListingReader {
 public:
  /// A reader at the beginning.
  ListingReader(Request first, const Paging& paging) : cursor_(std::move(first), paging) {}

  /// Goes to what position() said of a reader of the same listing; an empty text is the beginning.
  ///
  /// @throws GlobusSDKUsageError when it is no position of such a listing.
  void go_to(std::string_view position);
  /// Where the reader stands, as a text: what leads to its page, and how many items of that page
  /// are behind it.
  std::string position() const;

  /// Whether no page follows.
  bool done() const noexcept { return cursor_.done(); }
  /// The request for the page that follows.
  Request request() const { return cursor_.request(); }

  /// Takes the answer to request() as the page at which the reader stands.
  void open_page(const GlobusHTTPResponse& page);
  /// Leaves that page.
  void close_page() noexcept;

  /// Takes the answer to request(), and stands at its first item that is not behind the reader; or
  /// between two pages, if there is none.
  void open_items(const GlobusHTTPResponse& page);
  /// Whether the reader stands at an item.
  bool has_item() const noexcept { return items_.has_value(); }
  /// The item at which it stands.
  JsonView item() const { return (*items_)[read_]; }
  /// Leaves that item.
  void pass_item() noexcept {
    if (++read_ == items_count_) close_page();
  }

 private:
  PageCursor cursor_;
  std::optional<Json> here_{};  ///< what led to the page at which the reader stands
  std::optional<JsonView> items_{};
  std::size_t items_count_ = 0;
  std::size_t read_ = 0;  ///< items behind the reader: of this page, or from the next page on
};

}  // namespace detail

/// The pages of a listing: a lazy, single-pass input range.
///
/// A page is fetched when it is first looked at: by `*`, by `->`, or by a comparison with the end.
/// Nothing is sent before that, and nothing beyond what is looked at: `std::views::take(2)` sends
/// two requests. Each `begin()` starts with the first page.
///
/// An error leaves the iterator where it was: the next look asks for the same page again.
///
/// (The pages of `client.async().paginated()` are read with `co_await`: see globus_sdk/async.hpp.)
template <class Mode, class Response> class [[nodiscard]] Pages {
  struct Walk {
    detail::Connection connection;
    detail::ListingReader reader;
    std::optional<Response> page{};

    Response fetch() const { return Mode::template send<Response>(connection, reader.request()); }

    /// Whether there is a page where the walk stands: fetches it, unless it is here.
    bool at_page() {
      if (!page && !reader.done()) {
        Response fetched = fetch();
        reader.open_page(fetched);
        page.emplace(std::move(fetched));
      }
      return page.has_value();
    }
    void leave_page() {
      if (!at_page()) return;
      page.reset();
      reader.close_page();
    }

    /// Whether there is an item where the walk stands: fetches pages until one has items.
    bool at_item() {
      while (!reader.has_item() && !reader.done()) reader.open_items(fetch());
      return reader.has_item();
    }
    void leave_item() {
      if (at_item()) reader.pass_item();
    }
  };

 public:
  /// For the SDK's own use: `paginated()` of a client makes it.
  Pages(detail::Connection connection, Request first, const Paging& paging)
      : connection_(std::move(connection)), start_(std::move(first), paging) {}

  /// Goes over the pages once. Copies go together.
  class Iterator {
   public:
    using value_type = Response;
    using difference_type = std::ptrdiff_t;
    using iterator_concept = std::input_iterator_tag;

    explicit Iterator(std::shared_ptr<Walk> walk) : walk_(std::move(walk)) {}
    const Response& operator*() const& { return page(); }
    /// The same for a temporary object.
    Response operator*() const&& { return page(); }
    const Response* operator->() const { return &page(); }
    /// Goes to the next page, without fetching it.
    Iterator& operator++() {
      walk_->leave_page();
      return *this;
    }
    void operator++(int) { walk_->leave_page(); }
    bool operator==(std::default_sentinel_t) const { return !walk_->at_page(); }

    /// Where the iterator stands, to go on there later: see Pages::from. It sends nothing.
    std::string position() const { return walk_->reader.position(); }

   private:
    const Response& page() const {
      walk_->at_page();
      return *walk_->page;
    }

    std::shared_ptr<Walk> walk_;
  };

  /// The items of all pages, as one lazy input range that owns its state. A page is fetched when
  /// its first item is looked at; otherwise it is as with the pages.
  class [[nodiscard]] Items {
   public:
    /// For the SDK's own use: Pages::items makes it.
    explicit Items(Pages pages) : pages_(std::move(pages)) {}

    /// Goes over the items once. Copies go together.
    class Iterator {
     public:
      using value_type = JsonView;
      using difference_type = std::ptrdiff_t;
      using iterator_concept = std::input_iterator_tag;

      explicit Iterator(std::shared_ptr<Walk> walk) : walk_(std::move(walk)) {}
      JsonView operator*() const& { return item(); }
      /// The same for a temporary object.
      TemporaryJsonView operator*() const&& { return item(); }
      /// Goes to the next item, without fetching its page.
      Iterator& operator++() {
        walk_->leave_item();
        return *this;
      }
      void operator++(int) { walk_->leave_item(); }
      bool operator==(std::default_sentinel_t) const { return !walk_->at_item(); }

      /// Where the iterator stands, to go on there later: see Pages::from. It sends nothing.
      std::string position() const { return walk_->reader.position(); }

     private:
      JsonView item() const {
        walk_->at_item();
        return walk_->reader.item();
      }

      std::shared_ptr<Walk> walk_;
    };

    /// The first item. It sends nothing yet.
    Iterator begin() const { return Iterator(pages_.start()); }
    std::default_sentinel_t end() const { return {}; }

   private:
    Pages pages_;
  };

  /// The first page. It sends nothing yet.
  Iterator begin() const { return Iterator(start()); }
  std::default_sentinel_t end() const { return {}; }

  /// The items of all pages.
  Items items() const { return Items(*this); }

  /// The rest of the listing, from where an iterator stood: also in another process, when the same
  /// method is called with the same options. Items that were passed do not come again; of pages,
  /// the one that holds the item at which the iterator stood comes whole.
  ///
  /// @param position what `position()` of an iterator said: a line of text, which can be stored. It
  ///   holds the service's own name of the place (an offset, a marker), and none of the options.
  ///   Empty: the beginning.
  /// @throws GlobusSDKUsageError when it is no position of such a listing.
  Pages from(Text position) const {
    Pages rest = *this;
    rest.start_.go_to(position);
    return rest;
  }

 private:
  std::shared_ptr<Walk> start() const { return std::make_shared<Walk>(Walk{connection_, start_}); }

  detail::Connection connection_;
  detail::ListingReader start_;
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
