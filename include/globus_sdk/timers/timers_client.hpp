// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <string_view>

#include "globus_sdk/core/service_client.hpp"
#include "globus_sdk/scopes/scope_collections.hpp"
#include "globus_sdk/timers/errors.hpp"

namespace globus_sdk::inline v0 {

/// Globus Timers: transfers and flows that run at set times. An authorizer for it has a user's
/// tokens for `524230d7-ea86-4a52-8312-86065a9e0417`.
/// Mirrors `globus_sdk.TimersClient`.
template <class Mode> class BasicTimersClient : public BasicServiceClient<BasicTimersClient, Mode> {
  using Base = BasicServiceClient<BasicTimersClient, Mode>;

 public:
  using Base::Base;
  template <class T> using Result = typename Base::template Result<T>;
  template <class O> using Options = typename Base::template Options<O>;
  using Document = typename Base::Document;

  /// The class of the errors that Timers answers with.
  using Error = TimersAPIError;
  /// As in the variable `GLOBUS_SDK_SERVICE_URL_TIMER`.
  static constexpr std::string_view service_name = "timer";
  /// The key under which an app keeps the client's tokens.
  static constexpr std::string_view resource_server = TimersScopes.resource_server;
  /// The scopes that a client adds to what its app requires.
  static constexpr std::array<std::string_view, 1> default_scopes{TimersScopes.timer};
};

extern template class BasicTimersClient<Blocking>;

/// The client in its ordinary mode: a method returns when its answer is there.
using TimersClient = BasicTimersClient<Blocking>;

}  // namespace globus_sdk::inline v0
