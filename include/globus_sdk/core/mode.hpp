// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <concepts>
#include <type_traits>
#include <utility>

#include "globus_sdk/core/language.hpp"

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

namespace detail {

/// Compilers that destroy the temporaries of a `co_await` expression twice.
#if defined(__GNUC__) && !defined(__clang__) && __GNUC__ < 14
inline constexpr bool temporaries_in_co_await_work = false;
#else
inline constexpr bool temporaries_in_co_await_work = true;
#endif

/// Whether a temporary client gives no client of this mode: its own settings may stand in braces
/// before it, inside a `co_await` expression.
template <class Mode>
concept WantsNamedClient = std::same_as<Mode, Async> && !temporaries_in_co_await_work;

/// Stands in the compiler's message where a client that has no name was asked for `async()`.
class NameTheClientBeforeCoAwait;

/// Whether a mode's header is included.
template <class Mode>
concept DefinedMode = requires { sizeof(Mode); };

/// Stands in the compiler's message where `async()` is called without its header.
class IncludeGlobusSdkAsyncHpp;

template <template <class> class Client, class Mode> struct ClientInMode {
  static_assert(DefinedMode<Mode>, "async() needs #include <globus_sdk/async.hpp>");
  using type = std::conditional_t<DefinedMode<Mode>, Client<Mode>, IncludeGlobusSdkAsyncHpp>;
};

/// A kind of client in another mode.
template <template <class> class Client, class Mode>
using InMode = typename ClientInMode<Client, Mode>::type;

}  // namespace detail

}  // namespace globus_sdk::inline v0
