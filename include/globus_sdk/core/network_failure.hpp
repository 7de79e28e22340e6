// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <exception>
#include <string>

#include "globus_sdk/core/language.hpp"

namespace globus_sdk::inline v0 {

/// Why a request got no answer.
struct NetworkFailure {
  /// Kinds of failures.
  enum class Kind {
    connection,          ///< refused, unreachable, reset, name not found, TLS failed
    certificate,         ///< the server's certificate is not to be trusted
    connection_timeout,  ///< no connection within the timeout
    timeout,             ///< silence for longer than the timeout
    deadline,            ///< the call's deadline passed
    cancelled,           ///< the call's stop token asked for a stop
    response_too_large,  ///< the answer exceeds `max_response_size`
    redirect,            ///< the server redirects a request that carries a secret
    body,                ///< the request's own BodySource or BodySink threw
  };
  /// This failure's kind.
  Kind kind = Kind::connection;
  std::string message{};              ///< readable, without secrets
  bool surely_not_processed = false;  ///< the service cannot have acted on the request
  /// What the BodySource or BodySink threw: the call throws the same.
  std::exception_ptr cause{};
  bool sink_has_begun = false;    ///< a part of an answer may have gone to the request's sink
  bool connection_ended = false;  ///< a connection in use ended before it answered (HTTP/2 GOAWAY)
};

}  // namespace globus_sdk::inline v0
