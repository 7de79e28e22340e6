// SPDX-License-Identifier: Apache-2.0
#pragma once

/// The asynchronous mode. `client.async()` is the same client, and each of its methods returns a
/// `boost::asio::awaitable`:
///
///     globus_sdk::GetTaskOptions options;
///     auto task = co_await client.async().get_task(task_id, options);
///
/// An awaitable runs on the executor that awaits it. The requests themselves run on a thread of the
/// SDK. Parameters are checked, and copied, when the method is called: an argument need not live
/// longer than that.
///
/// With g++ 12 and 13 give options, settings, payloads and clients a name first, as above. These
/// compilers destroy objects in braces inside a `co_await` expression twice, so the methods do not
/// accept that form there.

#include <boost/asio/awaitable.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <concepts>
#include <memory>
#include <optional>
#include <type_traits>
#include <utility>

#include "globus_sdk/core/connection.hpp"
#include "globus_sdk/core/paging.hpp"

namespace globus_sdk::inline v0 {

namespace detail {

/// Options that have a name: neither braces with values nor a temporary is accepted. The compiler's
/// message about those contains the name of this class, which says what to do.
template <class O> class NameTheOptionsBeforeCoAwait : public O {
 public:
  NameTheOptionsBeforeCoAwait() = default;
  // NOLINTNEXTLINE(google-explicit-constructor): options stand where their type is a parameter
  NameTheOptionsBeforeCoAwait(const O& options) : O(options) {}
  NameTheOptionsBeforeCoAwait(O&&) = delete;
};

/// A document that has a name: neither braces nor a temporary is accepted, but for numbers and
/// their like, which have no destructor.
template <class D> class NameThePayloadBeforeCoAwait : public D {
 public:
  // NOLINTBEGIN(google-explicit-constructor): a payload stands where its type is a parameter
  template <class T>
    requires std::constructible_from<D, const T&>
  NameThePayloadBeforeCoAwait(const T& payload) : D(payload) {}
  template <class T>
    requires(!std::is_lvalue_reference_v<T> && !std::is_scalar_v<T>)
  NameThePayloadBeforeCoAwait(T&&) = delete;
  // NOLINTEND(google-explicit-constructor)
};

}  // namespace detail

/// The asynchronous mode of a client: a method returns a `boost::asio::awaitable`.
struct Async {
  /// The type that a method returns when its result is a T.
  template <class T> using Result = boost::asio::awaitable<T>;
  /// The parameter type for a method's options.
  template <class O>
  using Options = std::conditional_t<detail::temporaries_in_co_await_work, const O&,
                                     detail::NameTheOptionsBeforeCoAwait<O>>;
  /// The parameter type for a method's document.
  template <class D>
  using DocumentOf = std::conditional_t<detail::temporaries_in_co_await_work, const D&,
                                        detail::NameThePayloadBeforeCoAwait<D>>;
  /// The type of the coroutine for a method that takes more than one step.
  template <class T> using Operation = boost::asio::awaitable<T>;

  /// Sends one request.
  static boost::asio::awaitable<GlobusHTTPResponse> start(detail::Connection connection,
                                                          Request request);

  /// The same, with the answer as a T.
  template <class T>
  static boost::asio::awaitable<T> send(const detail::Connection& connection, Request&& request) {
    if constexpr (std::is_same_v<T, GlobusHTTPResponse>) {
      return start(connection, std::move(request));
    } else {
      return convert<T>(start(connection, std::move(request)));
    }
  }
  /// The same for a method of a listing: sends the request for its first page.
  template <class T>
  static boost::asio::awaitable<T> send_paged(const detail::Connection& connection,
                                              Request&& request, const Paging&) {
    return send<T>(connection, std::move(request));
  }
  /// The result of a method that takes more than one step.
  template <class T> static boost::asio::awaitable<T> result(boost::asio::awaitable<T> operation) {
    return operation;
  }

 private:
  template <class T>
  static boost::asio::awaitable<T> convert(boost::asio::awaitable<GlobusHTTPResponse> operation) {
    GlobusHTTPResponse response = co_await std::move(operation);
    co_return T(std::move(response));
  }
};

/// The pages of a listing, fetched one after another:
///
///     auto pages = client.async().paginated().task_list();
///     while (auto page = co_await pages.next()) ...
///
/// or item by item with `next_item()`. Nothing is sent before the first call. Use only one of the
/// two, and from one coroutine at a time.
template <class Response> class [[nodiscard]] Pages<Async, Response> {
  struct Walk {
    detail::Connection connection;
    Paging paging;
    detail::PageCursor cursor;
    std::optional<JsonView> items{};
    std::size_t index = 0;
  };

 public:
  Pages(detail::Connection connection, Request first, Paging paging)
      : walk_(std::make_shared<Walk>(
            Walk{std::move(connection), paging, detail::PageCursor(std::move(first), paging)})) {}

  /// The next page; nothing after the last.
  boost::asio::awaitable<std::optional<Response>> next() const { return next_page(walk_); }

  /// The next item of all pages; nothing after the last.
  boost::asio::awaitable<std::optional<JsonView>> next_item() const { return next_item(walk_); }

 private:
  static boost::asio::awaitable<std::optional<Response>> next_page(std::shared_ptr<Walk> walk) {
    if (walk->cursor.done()) co_return std::nullopt;
    auto sending = Async::send<Response>(walk->connection, walk->cursor.request());
    Response page = co_await std::move(sending);
    walk->cursor = walk->cursor.after(page);
    co_return std::optional<Response>(std::move(page));
  }

  static boost::asio::awaitable<std::optional<JsonView>> next_item(std::shared_ptr<Walk> walk) {
    while (!walk->items || walk->index >= walk->items->size()) {
      auto turning = next_page(walk);
      std::optional<Response> page = co_await std::move(turning);
      if (!page) co_return std::nullopt;
      walk->items = detail::page_items(*page, walk->paging);
      walk->index = 0;
    }
    JsonView item = (*walk->items)[walk->index++];
    co_return std::optional<JsonView>(std::move(item));
  }

  std::shared_ptr<Walk> walk_;
};

}  // namespace globus_sdk::inline v0
