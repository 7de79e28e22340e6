// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <utility>

namespace globus_sdk::inline v0 {

class GlobusHTTPResponse;
class Request;
struct Paging;

namespace detail {
struct Connection;
template <class T> class BlockingOperation;
}  // namespace detail

/// The ordinary mode of a client: a method returns when its answer is there.
struct Blocking {
  /// What a method that yields a T returns.
  template <class T> using Result = T;
  /// How a method takes its options.
  template <class O> using Options = const O&;
  /// How a method takes a payload.
  template <class P> using Named = const P&;
  /// The coroutine that a method of more than one step is written as.
  template <class T> using Operation = detail::BlockingOperation<T>;

  /// A call of one request.
  static GlobusHTTPResponse start(detail::Connection connection, Request request);

  /// The same, with its answer as a T.
  template <class T> static T send(const detail::Connection& connection, Request&& request);
  /// The same for a method of a listing: its first page.
  template <class T>
  static T send_paged(const detail::Connection& connection, Request&& request, const Paging&);
  /// What a method of more than one step returns.
  template <class T> static T result(detail::BlockingOperation<T> operation);
};

/// The asynchronous mode: a method returns a `boost::asio::awaitable`. Complete in
/// globus_sdk/async.hpp.
struct Async;

}  // namespace globus_sdk::inline v0
