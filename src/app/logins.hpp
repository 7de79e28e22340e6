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
/// that services have called for.
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

  /// Calls for a login, which joins the one that is called for already.
  void call_for(const GlobusAuthorizationParameters& parameters);
  bool is_called_for() const;
  /// Runs the flow that is called for, if one is. It is called for until it has ended, so that who
  /// needs it waits. After one that went well, what was called for meanwhile still is; after
  /// another one nothing is, since the requests that needed it have failed.
  void run_called_for(const Flow& flow);

 private:
  /// Logins do not come to anything but that they have ended.
  using Ended = std::monostate;

  struct CalledFor {
    GlobusAuthorizationParameters parameters{};
    std::uint64_t additions = 0;  ///< since it is called for
  };
  std::optional<CalledFor> called_for() const;
  /// Nothing is called for any more, but for what was added after these additions, if any count.
  void end_called_for(std::optional<std::uint64_t> additions) noexcept;

  SingleFlight<Ended> flights_;
  mutable std::mutex mutex_;
  std::optional<CalledFor> called_for_;  // guarded by mutex_
};

}  // namespace globus_sdk::inline v0::detail
