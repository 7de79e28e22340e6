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

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <concepts>
#include <memory>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>

#include "globus_sdk/core/connection.hpp"
#include "globus_sdk/core/pages.hpp"

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

namespace detail {

/// A request that was sent before anybody asks for its answer. When it is destroyed, the request
/// ends.
class RequestAhead;

/// Sends a request, which runs on `executor`. It is stopped as every request of the connection is,
/// too.
std::shared_ptr<RequestAhead> send_ahead(const boost::asio::any_io_executor& executor,
                                         const Connection& connection, Request request);

/// The answer, or what the request throws; nothing when it went with its executor.
boost::asio::awaitable<std::optional<GlobusHTTPResponse>> answer_to(
    std::shared_ptr<RequestAhead> request);

}  // namespace detail

/// The pages of a listing:
///
///     auto pages = client.async().paginated().task_list();
///     while (auto page = co_await pages.next()) ...
///
/// or item by item with `next_item()`. Use only one of the two, and from one coroutine at a time.
///
/// While the caller works on a page the next one is fetched, and never more than that one. Nothing
/// is sent before the first call; `next()` then fetches ahead at once, and `next_item()` from its
/// second call on, since one item is no listing that is read on. (For one page call the method
/// itself, without `paginated()`.) When the last copy of the Pages goes, or a stop is requested,
/// the request that is under way ends.
///
/// An error of the page that is fetched ahead is thrown when that page is asked for. The call after
/// an error asks for the same page again.
template <class Response> class [[nodiscard]] Pages<Async, Response> {
  struct Walk {
    detail::Connection connection;
    detail::ListingReader reader;
    std::shared_ptr<detail::RequestAhead> ahead{};  ///< for the page that follows
    bool goes_on = false;                           ///< an item was given before
  };

 public:
  /// For the SDK's own use: `paginated()` of a client makes it.
  Pages(detail::Connection connection, Request first, const Paging& paging)
      : Pages(std::move(connection), detail::ListingReader(std::move(first), paging)) {}

  /// The next page; nothing after the last.
  boost::asio::awaitable<std::optional<Response>> next() const { return next_page(walk_); }

  /// The next item of all pages; nothing after the last.
  boost::asio::awaitable<std::optional<JsonView>> next_item() const { return next_item(walk_); }

  /// Where the next call goes on, for from(). It sends nothing.
  std::string position() const { return walk_->reader.position(); }

  /// The rest of the listing, from a position of it: also in another process, when the same method
  /// is called with the same options. Items that were given do not come again; of pages, the one
  /// that holds the next item comes whole.
  ///
  /// @param position what position() said: a line of text, which can be stored. It holds the
  ///   service's own name of the place (an offset, a marker), and none of the options. Empty: the
  ///   beginning.
  /// @throws GlobusSDKUsageError when it is no position of such a listing.
  Pages from(Text position) const {
    detail::ListingReader reader = start_;
    reader.go_to(position);
    return Pages(walk_->connection, std::move(reader));
  }

 private:
  Pages(detail::Connection connection, detail::ListingReader start)
      : start_(std::move(start)),
        walk_(std::make_shared<Walk>(Walk{std::move(connection), start_})) {}

  /// The page that follows, without taking it: the answer to the request that was sent ahead, or to
  /// one that is sent now.
  static boost::asio::awaitable<Response> fetch(std::shared_ptr<Walk> walk) {
    std::optional<GlobusHTTPResponse> answer;
    if (walk->ahead) {
      auto waiting = detail::answer_to(std::exchange(walk->ahead, nullptr));
      answer = co_await std::move(waiting);
    }
    if (!answer) {
      auto sending = Async::start(walk->connection, walk->reader.request());
      answer = co_await std::move(sending);
    }
    co_return Response(std::move(*answer));
  }

  static boost::asio::awaitable<std::optional<Response>> next_page(std::shared_ptr<Walk> walk) {
    if (walk->reader.done()) co_return std::nullopt;
    auto executor = co_await boost::asio::this_coro::executor;
    auto fetching = fetch(walk);
    Response page = co_await std::move(fetching);
    // the walk goes on only when nothing can fail any more
    detail::ListingReader after = walk->reader;
    after.open_page(page);
    after.close_page();
    if (!after.done()) {
      walk->ahead = detail::send_ahead(executor, walk->connection, after.request());
    }
    walk->reader = std::move(after);
    co_return std::optional<Response>(std::move(page));
  }

  static boost::asio::awaitable<std::optional<JsonView>> next_item(std::shared_ptr<Walk> walk) {
    while (!walk->reader.has_item()) {
      if (walk->reader.done()) co_return std::nullopt;
      auto fetching = fetch(walk);
      const Response page = co_await std::move(fetching);
      walk->reader.open_items(page);
    }
    // one item is no listing that is read on
    if (walk->goes_on && !walk->ahead && !walk->reader.done()) {
      auto executor = co_await boost::asio::this_coro::executor;
      walk->ahead = detail::send_ahead(executor, walk->connection, walk->reader.request());
    }
    walk->goes_on = true;
    JsonView item = walk->reader.item();
    walk->reader.pass_item();
    co_return std::optional<JsonView>(std::move(item));
  }

  detail::ListingReader start_;
  std::shared_ptr<Walk> walk_;
};

}  // namespace globus_sdk::inline v0
