// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <exception>
#include <functional>
#include <memory>
#include <string>

#include "core/process/single_flight.hpp"
#include "globus_sdk/core/authorizer.hpp"

namespace globus_sdk::inline v0::detail {

/// Runs an authorizer's blocking code on a helper thread, for calls that cannot wait, or not for
/// as long as that takes.
///
/// All calls that ask while a header is being fetched get the same result, so a thousand calls that
/// wait for one renewal wait together. When fetching fails, the call that asked first gets the
/// exception. The other calls get it too, unless a header is available by then.
class AuthorizationHelper {
 public:
  using Done = std::function<void(std::exception_ptr, const std::string& header)>;

  /// Calls `done` with the authorizer's header, mostly from a helper thread.
  void fetch(const std::shared_ptr<const GlobusAuthorizer>& authorizer, const Done& done) noexcept;

  /// The same header, waited for within limits.
  ///
  /// @throws GlobusTimeoutError, CancelledError when the limits end the wait; what fetching throws.
  std::string fetch_within(const std::shared_ptr<const GlobusAuthorizer>& authorizer,
                           const CallLimits& limits);

 private:
  struct Header {
    std::exception_ptr exception{};
    std::string text{};

    std::string get() const;
  };
  /// The result of fetching, for the call that asked first and for the other calls.
  struct Fetched {
    Header first{};
    Header others{};
  };
  using Fetching = SingleFlight<Fetched>;

  static Header ask(const GlobusAuthorizer& authorizer) noexcept;
  static Fetched ask_for_all(std::shared_ptr<const GlobusAuthorizer> authorizer);

  /// Joins the fetching that is under way, or begins one.
  Fetching::Boarded board(const std::shared_ptr<const GlobusAuthorizer>& authorizer);

  // shared with the job: the last copy of the authorizer may go before that has ended
  std::shared_ptr<Fetching> fetching_ = std::make_shared<Fetching>();
};

/// What an authorizer's helper fetches, waited for within limits.
[[nodiscard]] std::string fetch_within(const std::shared_ptr<const GlobusAuthorizer>& authorizer,
                                       const CallLimits& limits);

}  // namespace globus_sdk::inline v0::detail
