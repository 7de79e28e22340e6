// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <chrono>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

#include "core/call/blocking_operation.hpp"
#include "core/call/execute.hpp"
#include "core/http/resolved_transport_settings.hpp"
#include "core/process/single_flight.hpp"
#include "globus_sdk/core/client.hpp"

namespace globus_sdk::inline v0 {

/// The mode of tests: requests go to a function, and time is a number that sleeping moves on.
struct Simulated {
  template <class T> using Result = T;
  template <class O> using Options = const O&;
  template <class D> using DocumentOf = const D&;
  template <class T> using Operation = detail::BlockingOperation<T>;

  template <class T> static T send(const detail::Connection& connection, Request&& request) {
    return T(detail::execute<Simulated>(connection, std::move(request)).get());
  }
  template <class T>
  static T send_paged(const detail::Connection& connection, Request&& request, const Paging&) {
    return send<T>(connection, std::move(request));
  }
  template <class T> static T result(detail::BlockingOperation<T> operation) {
    return std::move(operation).get();
  }
};

/// What happens on a simulated network.
struct Simulation {
  /// Answers a request; the time that it takes is added to `clock` by itself.
  std::function<detail::Outcome(const detail::OutgoingRequest&)> answer{};
  std::vector<detail::OutgoingRequest> requests{};
  std::vector<std::chrono::milliseconds> sleeps{};
  std::chrono::milliseconds clock{0};       ///< since the simulation began
  std::chrono::milliseconds round_trip{0};  ///< what each request takes
  double jitter = 0.5;

  std::chrono::steady_clock::time_point now() const {
    return std::chrono::steady_clock::time_point(clock);
  }

  /// Moves the clock on, to the deadline at most; false when that came first.
  bool pass(std::chrono::milliseconds duration, const CallLimits& limits) {
    const auto ends_at = now() + duration;
    const bool in_time = !limits.deadline || ends_at < *limits.deadline;
    const auto until = in_time ? ends_at : std::max(now(), *limits.deadline);
    clock = std::chrono::duration_cast<std::chrono::milliseconds>(until.time_since_epoch());
    return in_time;
  }
};

/// A client's state with a simulated network.
struct SimulatedState : detail::ClientState {
  std::shared_ptr<Simulation> simulation = std::make_shared<Simulation>();
};

namespace detail {

template <> struct ModeRuntime<Simulated> {
  static Simulation& simulation(const Connection& connection) {
    return *static_cast<const SimulatedState&>(*connection.state).simulation;
  }

  static Ready<Outcome> send(const Connection& connection,
                             const std::shared_ptr<const OutgoingRequest>& request,
                             const CallLimits& limits) {
    Simulation& world = simulation(connection);
    world.requests.push_back(*request);
    const bool in_time = world.pass(world.round_trip, limits);
    if (limits.stop.stop_requested()) return {cancelled_failure()};
    if (!in_time) return {deadline_failure(false)};
    return {world.answer(*request)};
  }
  static Ready<Outcome> sleep(const Connection& connection, std::chrono::milliseconds duration,
                              const CallLimits& limits) {
    Simulation& world = simulation(connection);
    world.sleeps.push_back(duration);
    const bool in_time = world.pass(duration, limits);
    if (limits.stop.stop_requested()) return {cancelled_failure()};
    return {in_time ? Outcome() : Outcome(deadline_failure(true))};
  }
  /// The one thread of a simulation would wait for itself.
  template <class T>
  static Ready<Outcome> wait(const Connection&, const std::shared_ptr<Flight<T>>& flight,
                             const CallLimits&) {
    flight->result();
    return {Outcome()};
  }
  static Ready<std::string> authorize(const Connection& connection, const CallLimits& limits) {
    return {connection.state->authorizer->get_authorization_header(limits)};
  }
  static Ready<std::monostate> off_executor(const Connection&, const std::function<void()>& work) {
    work();
    return {};
  }
  /// One after another: a simulation has one thread.
  static Ready<std::monostate> all(const Connection&, const Operations<Simulated>& operations) {
    for (const auto& operation : operations) operation().get();
    return {};
  }
  static std::chrono::steady_clock::time_point now(const Connection& connection) {
    return simulation(connection).now();
  }
  static std::chrono::system_clock::time_point system_now(const Connection& connection) {
    // 2026-01-01T00:00:00Z when the simulation begins
    return std::chrono::system_clock::from_time_t(1767225600) + simulation(connection).clock;
  }
  static double jitter(const Connection& connection) { return simulation(connection).jitter; }
};

}  // namespace detail

/// A connection to a simulated service, for `BasicTransferClient<Simulated>` and its like.
inline std::pair<detail::Connection, std::shared_ptr<Simulation>> simulate(
    const detail::Service& service, std::shared_ptr<const GlobusAuthorizer> authorizer = nullptr,
    const ClientOptions& options = {}) {
  auto state = std::make_shared<SimulatedState>();
  detail::describe_client(*state, service, std::move(authorizer), options);
  state->transport = std::make_shared<detail::Transport>(detail::resolve({}));
  const auto simulation = state->simulation;
  return {detail::Connection{std::move(state), std::make_shared<const CallSettings>()}, simulation};
}

/// An answer of a simulated service.
inline detail::Outcome simulated_answer(int status, std::string body = "{}",
                                        Headers headers = {{"Content-Type", "application/json"}}) {
  Answer answer;
  answer.status = status;
  answer.headers = std::move(headers);
  answer.body = std::move(body);
  answer.method = "GET";
  answer.url = "https://simulated.example/";
  return answer;
}

/// Answers one after another; the last of them again and again.
inline std::function<detail::Outcome(const detail::OutgoingRequest&)> in_turn(
    std::deque<detail::Outcome> outcomes) {
  auto queue = std::make_shared<std::deque<detail::Outcome>>(std::move(outcomes));
  return [queue](const detail::OutgoingRequest&) {
    detail::Outcome next = queue->front();
    if (queue->size() > 1) queue->pop_front();
    return next;
  };
}

}  // namespace globus_sdk::inline v0
