// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdlib>
#include <memory>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "core/call/client_state.hpp"
#include "globus_sdk/async.hpp"
#include "globus_sdk/core/client.hpp"
#include "support/recording_server.hpp"
#include "support/run_async.hpp"
#include "support/simulated_mode.hpp"
#include "wire/modes.hpp"
#include "wire/wire_request.hpp"
#include "wire/world_answers.hpp"

namespace globus_sdk_test {

/// `https://transfer.api.globus.org` of `https://transfer.api.globus.org/v0.10/...`
inline std::string origin_of(const std::string& url) {
  return url.substr(0, url.find('/', url.find("//") + 2));
}

/// What clients of a mode send to, and what they sent. Of Blocking and Async: a server on loopback.
///
/// The record's host is compared with the one that the same client has when it is given no base
/// URL.
template <class Mode> class World {
 public:
  explicit World(Answers answers = service_answer)
      : answers_(std::make_shared<WorldAnswers>(std::move(answers))) {}

  template <template <class> class Client, class... Arguments>
  Client<Mode> client(const Arguments&... arguments) {
    default_origin_ = origin_of(Client<Blocking>(arguments...).base_url());
    globus_sdk::ClientOptions options;
    options.base_url = server_.url() + "/";
    options.transport = transport_;
    Client<Blocking> blocking(arguments..., options);
    if constexpr (std::is_same_v<Mode, Async>) {
      return blocking.async();
    } else {
      return blocking;
    }
  }

  /// The requests since the last time.
  std::vector<WireRequest> take() {
    std::vector<WireRequest> taken;
    for (const RecordedRequest& recorded : server_.requests()) taken.push_back(wire(recorded));
    server_.clear();
    for (WireRequest& request : taken) request.origin = default_origin_;
    return taken;
  }

  /// What the services answer.
  WorldAnswers& answers() { return *answers_; }

  /// Where the clients send to: scheme, host and port.
  std::string origin() const { return server_.url(); }
  /// Where they would send to by default.
  const std::string& default_origin() const { return default_origin_; }

 private:
  static WireRequest wire(const RecordedRequest& recorded) {
    WireRequest request;
    request.method = recorded.method;
    request.body = recorded.body;
    request.set_target(recorded.target);
    for (const auto& [name, value] : recorded.headers) request.add_header(name, value);
    return request;
  }

  std::string default_origin_{};
  globus_sdk::Transport transport_{};
  std::shared_ptr<WorldAnswers> answers_;
  RecordingServer server_{
      [answers = answers_](const RecordedRequest& request) { return answers->to(wire(request)); }};
};

/// Of Simulated: a function. Clients have their default base URLs.
template <> class World<Simulated> {
 public:
  explicit World(Answers answers = service_answer)
      : answers_(std::make_shared<WorldAnswers>(std::move(answers))) {
    simulation_->answer = [answers = answers_](const globus_sdk::detail::OutgoingRequest& request) {
      RecordedAnswer answer = answers->to(wire(request));
      return globus_sdk::simulated_answer(answer.status, std::move(answer.body));
    };
  }

  template <template <class> class Client, class... Arguments>
  Client<Simulated> client(const Arguments&... arguments) {
    using globus_sdk::detail::Connection;
    const Client<Blocking> blocking(arguments...);
    default_origin_ = origin_of(blocking.base_url());
    auto state = std::make_shared<globus_sdk::SimulatedState>();
    static_cast<globus_sdk::detail::ClientState&>(*state) = *blocking.connection().state;
    state->simulation = simulation_;
    const Connection connection{std::move(state), blocking.connection().settings};
    if constexpr (requires { blocking.login_state(); }) {
      return Client<Simulated>(connection, blocking.login_state());
    } else {
      return Client<Simulated>(connection);
    }
  }

  std::vector<WireRequest> take() {
    std::vector<WireRequest> taken;
    for (const auto& outgoing : simulation_->requests) taken.push_back(wire(outgoing));
    simulation_->requests.clear();
    return taken;
  }

  WorldAnswers& answers() { return *answers_; }
  std::string origin() const { return default_origin_; }
  const std::string& default_origin() const { return default_origin_; }

 private:
  static WireRequest wire(const globus_sdk::detail::OutgoingRequest& outgoing) {
    WireRequest request;
    request.method = outgoing.method;
    request.body = outgoing.body.value_or("");
    request.origin = origin_of(outgoing.url);
    request.set_target(outgoing.url.substr(request.origin.size()));
    for (const std::string& line : outgoing.header_lines) {
      const std::size_t colon = line.find(':');
      request.add_header(line.substr(0, colon), line.substr(colon + 2));
    }
    if (!outgoing.authorization.empty()) {
      request.add_header("authorization", outgoing.authorization);
    }
    return request;
  }

  std::string default_origin_{};
  std::shared_ptr<WorldAnswers> answers_;
  std::shared_ptr<globus_sdk::Simulation> simulation_ = std::make_shared<globus_sdk::Simulation>();
};

}  // namespace globus_sdk_test
