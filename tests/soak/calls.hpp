// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/json/value.hpp>
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "globus_sdk/auth/confidential_app_auth_client.hpp"
#include "globus_sdk/authorizers/refresh_token_authorizer.hpp"
#include "globus_sdk/core/config.hpp"
#include "soak/plan.hpp"
#include "soak/trouble_server.hpp"
#include "support/served_sandbox.hpp"

namespace soak {

/// What all calls have in common.
struct World {
  World(std::uint64_t seed, TroubleServer& server, const globus_sdk_test::ServedSandbox& sandbox);

  std::uint64_t seed;
  TroubleServer& server;
  const globus_sdk_test::ServedSandbox& sandbox;
  globus_sdk::Transport transport;
  /// Renews by the sandbox itself, without trouble.
  globus_sdk::RefreshTokenAuthorizer shared_authorizer;
  std::string auth_token, source, source_token;
};

/// One call while it runs.
struct Call {
  Call(const World& of, Plan planned, bool in_async_mode);

  /// Settings of a client of the call's own.
  globus_sdk::ClientOptions options(const std::string& service) const;
  globus_sdk::CallSettings settings() const;
  /// A UUID of this call.
  std::string id() const;

  const World& world;
  const Plan plan;
  const bool is_async;
  std::stop_source stop{};
  std::unique_ptr<TroubleServer::Door> door{};
  std::string url{};  ///< what the base URLs of its clients begin with
  std::chrono::milliseconds deadline{60'000};
  std::chrono::steady_clock::time_point begun_at{};
  std::chrono::steady_clock::time_point stopped_at{};
};

/// A kind of call.
struct Kind {
  enum class Judged {
    strictly,   ///< every request and what becomes of it is known beforehand
    leniently,  ///< the call has ways of its own out of trouble
  };
  const char* name;
  int weight;
  Judged judged;
  bool has_one_request;   ///< what stands in the way of a connection can be planned
  const char* api_error;  ///< the class of the service's errors
  /// Makes the call, and throws WrongAnswer when the answer is not this call's.
  std::function<void(std::shared_ptr<Call>)> block;
  std::function<boost::asio::awaitable<void>(std::shared_ptr<Call>)> begin;
};

/// Thrown for an answer that is not the right one.
struct WrongAnswer : std::runtime_error {
  using runtime_error::runtime_error;
};

const std::vector<Kind>& kinds();
const Kind& kind_of(const Plan& plan);
/// The kind whose calls wait for a renewal.
const Kind& renewing_kind();

/// The number of retries that each request of a call has.
constexpr int most_retries = 3;

}  // namespace soak
