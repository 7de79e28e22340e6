// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "core/call/lazy_server_scopes.hpp"
#include "core/http/transport.hpp"
#include "core/http/url.hpp"
#include "globus_sdk/core/connection.hpp"
#include "globus_sdk/core/log.hpp"
#include "globus_sdk/core/retry.hpp"
#include "globus_sdk/core/tracing.hpp"

namespace globus_sdk::inline v0::detail {

/// What the copies of a client share. Never changes after the client was made.
struct ClientState {
  virtual ~ClientState() = default;

  std::uint64_t number = 0;  ///< tells clients apart
  Service service{};
  std::string environment{};
  std::string base_url{};
  std::shared_ptr<const GlobusAuthorizer> authorizer{};  ///< none: requests carry no Authorization
  std::shared_ptr<const AppBinding> app{};               ///< that the authorizer is of, if any
  std::string resource_server{};  ///< of the app's tokens; empty until it is found
  std::shared_ptr<LazyServerScopes> lazy_scopes{};  ///< where it is found at the first use
  std::shared_ptr<Transport> transport{};
  std::int64_t max_concurrent_requests = 0;  ///< asynchronous ones; 0 for no limit
  RetryPolicy retry{};
  Logger logger{};
  std::shared_ptr<const Tracer> tracer{};  ///< none: nobody is told of calls
  /// `User-Agent` and what else every request carries, as `Name: value`.
  std::vector<std::string> header_lines{};
  Destination destination{};  ///< of the base URL
};

/// The client's base URL; an empty one as long as it has not been found.
BaseURL base_url_of(const ClientState& state);

/// Whether the base URL is still to be found, with the authorizer.
bool lacks_address(const ClientState& state);

/// Fills in everything but the transport.
void describe_client(ClientState& state, const Service& service,
                     std::shared_ptr<const GlobusAuthorizer> authorizer,
                     const ClientOptions& options);

}  // namespace globus_sdk::inline v0::detail
