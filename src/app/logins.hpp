// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>
#include <variant>

#include "core/process/single_flight.hpp"
#include "globus_sdk/gare/globus_authorization_parameters.hpp"

namespace globus_sdk::inline v0::detail {

/// The logins of an app: the one that is under way, which is for all who wait for it, and the one
/// that is pending because services have asked for it.
class Logins {
 public:
  /// What is done in one login: a flow, a look-up, or whatever else no second one may disturb.
  using Work = std::function<void()>;
  using Flow = std::function<void(const GlobusAuthorizationParameters&)>;

  /// Whether this code is a part of the login that is under way, for which it must not wait.
  bool is_mine() const { return flights_.is_mine(); }
  /// Does the work, unless a login is under way: then waits for that in its place.
  ///
  /// @throws what the login throws, whoever did it.
  void join_or_run(const Work& work);
  /// Does the work after the login that is under way, whatever becomes of that. What is itself a
  /// part of that login, such as `login()` called by a handler of token errors, is done at once.
  void run_in_turn(const Work& work);

  /// Makes a login pending that brings what `parameters` ask for, besides what the pending one
  /// brings already.
  void add_pending(const GlobusAuthorizationParameters& parameters);
  bool has_pending() const;
  /// Runs the flow of the pending login, if there is one. It is pending until its flow has ended,
  /// so that who needs it waits. After a flow that succeeded, a login is pending still where more
  /// was added meanwhile. After one that failed none is, since the requests that needed it have
  /// failed.
  void run_pending(const Flow& flow);

 private:
  /// Logins do not come to anything but that they have ended.
  using Ended = std::monostate;

  struct PendingLogin {
    GlobusAuthorizationParameters parameters{};
    std::uint64_t additions = 0;  ///< since it is pending
  };
  std::optional<PendingLogin> pending() const;
  /// No login is pending any more.
  void drop_pending() noexcept;
  /// The same, unless more was added to it than these additions.
  void end_pending(std::uint64_t additions) noexcept;

  SingleFlight<Ended> flights_;
  mutable std::mutex mutex_;
  std::optional<PendingLogin> pending_;  // guarded by mutex_
};

}  // namespace globus_sdk::inline v0::detail
