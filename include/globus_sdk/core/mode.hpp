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
  /// The type that a method returns when its result is a T.
  template <class T> using Result = T;
  /// The parameter type for a method's options.
  template <class O> using Options = const O&;
  /// The parameter type for a method's document.
  template <class D> using DocumentOf = const D&;
  /// The type of the coroutine for a method that takes more than one step.
  template <class T> using Operation = detail::BlockingOperation<T>;

  /// Sends one request.
  static GlobusHTTPResponse start(detail::Connection connection, Request request);

  /// The same, with the answer as a T.
  template <class T> static T send(const detail::Connection& connection, Request&& request);
  /// The same for a method of a listing: sends the request for its first page.
  template <class T>
  static T send_paged(const detail::Connection& connection, Request&& request, const Paging&);
  /// The result of a method that takes more than one step.
  template <class T> static T result(detail::BlockingOperation<T> operation);
};

/// The asynchronous mode: a method returns a `boost::asio::awaitable`. Defined in
/// globus_sdk/async.hpp.
struct Async;

namespace detail {

/// False for compilers that destroy the temporaries of a `co_await` expression twice.
#if defined(__GNUC__) && !defined(__clang__) && __GNUC__ < 14
inline constexpr bool temporaries_in_co_await_work = false;
#else
inline constexpr bool temporaries_in_co_await_work = true;
#endif

/// Whether a client must have a name before it gives a client of this mode. A temporary client may
/// come from settings in braces in the same `co_await` expression.
template <class Mode>
concept WantsNamedClient = std::same_as<Mode, Async> && !temporaries_in_co_await_work;

/// The compiler's message names this class when `async()` is called on a client without a name.
class NameTheClientBeforeCoAwait;

/// Whether a mode's header is included.
template <class Mode>
concept DefinedMode = requires { sizeof(Mode); };

/// The compiler's message names this class when `async()` is called without its header.
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
