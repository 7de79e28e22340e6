// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <utility>

#include "core/call/blocking_mode.hpp"
#include "core/call/execute.hpp"
#include "core/http/resolved_transport_settings.hpp"
#include "globus_sdk/core/client.hpp"

namespace globus_sdk::inline v0 {

/// Blocking calls whose answers come from a text instead of a network: all that is counted of a
/// call is the SDK's own doing.
struct Scripted {
  template <class T> using Result = T;
  template <class O> using Options = const O&;
  template <class D> using DocumentOf = const D&;
  template <class T> using Operation = detail::BlockingOperation<T>;

  template <class T> static T send(const detail::Connection& connection, Request&& request) {
    return T(detail::execute<Scripted>(connection, std::move(request)).get());
  }
  template <class T>
  static T send_paged(const detail::Connection& connection, Request&& request, const Paging&) {
    return send<T>(connection, std::move(request));
  }
  template <class T> static T result(detail::BlockingOperation<T> operation) {
    return std::move(operation).get();
  }
};

/// A client's state with the body that answers each of its requests.
struct ScriptedState : detail::ClientState {
  std::string body{};
};

namespace detail {

template <> struct ModeRuntime<Scripted> : ModeRuntime<Blocking> {
  static Ready<Outcome> send(const Connection& connection,
                             const std::shared_ptr<const OutgoingRequest>& request,
                             const CallLimits&) {
    Answer answer;
    answer.status = 200;
    answer.headers = {{"Content-Type", "application/json"}};
    answer.body = static_cast<const ScriptedState&>(*connection.state).body;
    answer.method = request->method;
    answer.url = request->url;
    return {Outcome(std::move(answer))};
  }
};

}  // namespace detail

/// A connection to `service` whose every answer is `body`.
inline detail::Connection scripted(const detail::Service& service,
                                   std::shared_ptr<const GlobusAuthorizer> authorizer,
                                   std::string body) {
  auto state = std::make_shared<ScriptedState>();
  ClientOptions options;
  options.base_url = "https://service.example";
  detail::describe_client(*state, service, std::move(authorizer), options);
  state->transport = std::make_shared<detail::Transport>(detail::resolve({}));
  state->body = std::move(body);
  return {std::move(state), std::make_shared<const CallSettings>()};
}

}  // namespace globus_sdk::inline v0
