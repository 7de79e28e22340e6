// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "globus_sdk/core/answer.hpp"
#include "globus_sdk/core/app_binding.hpp"
#include "globus_sdk/core/authorizer.hpp"
#include "globus_sdk/core/config.hpp"
#include "globus_sdk/core/mode.hpp"
#include "globus_sdk/core/request.hpp"
#include "globus_sdk/core/response.hpp"

namespace globus_sdk::inline v0::detail {

/// What all clients of a service have in common.
struct Service {
  std::string_view name;                          ///< as in `GLOBUS_SDK_SERVICE_URL_<NAME>`
  void (*throw_error)(Answer answer);             ///< throws the service's error class
  bool (*is_permanent)(const Answer&) = nullptr;  ///< see RetryPolicy
  std::string_view resource_server{};  ///< of its tokens; empty where each client has its own
  std::span<const std::string_view> default_scopes{};  ///< those that an app asks for
  bool address_is_found = false;  ///< the base URL, at the first use, with the scopes
};

struct ClientState;

/// What a client handle holds: state shared by its copies, and the settings of its calls.
struct Connection {
  std::shared_ptr<const ClientState> state;
  std::shared_ptr<const CallSettings> settings;
};

/// Makes a client's state. Sends nothing.
///
/// @throws GlobusSDKUsageError for a base URL, environment or setting that is not valid.
Connection make_connection(const Service& service,
                           std::shared_ptr<const GlobusAuthorizer> authorizer,
                           const ClientOptions& options);

/// Makes the state of a client that an app authorizes. Sends nothing, and starts no login.
///
/// @throws GlobusSDKUsageError as above, and when the app is of another environment than `options`.
Connection make_app_connection(const Service& service, std::shared_ptr<const AppBinding> app,
                               const ClientOptions& options);

/// The same for a client whose resource server and scopes are known only when it is made.
Connection make_app_connection(const Service& service, std::shared_ptr<const AppBinding> app,
                               const ClientOptions& options, const ServerScopes& scopes);

/// Finds a client's resource server and scopes. It may block.
///
/// @param connection the client's connection, without an authorizer.
using FindServerScopes = std::function<ServerScopes(const Connection& connection)>;

/// The same for a client whose resource server and scopes the service itself tells. They are looked
/// up once, at the client's first use.
Connection make_app_connection(const Service& service, std::shared_ptr<const AppBinding> app,
                               const ClientOptions& options, FindServerScopes find);

/// The same client with another authorizer; its base URL, transport and settings stay.
Connection with_authorizer(const Connection& connection,
                           std::shared_ptr<const GlobusAuthorizer> authorizer);

/// Requires more scopes for a client of an app.
///
/// @throws GlobusSDKUsageError when the client has no app.
void add_app_scope(const Connection& connection, const Strings& scopes);

/// The app of a client.
///
/// @throws GlobusSDKUsageError when the client has no app.
const AppBinding& app_of(const Connection& connection);

/// The same connection with other settings; a setting that is unset keeps its present value.
Connection with_settings(const Connection& connection, const CallSettings& settings);

/// The environment that the client was made for.
const std::string& environment(const Connection& connection);

/// The client's base URL, with or without a slash at its end, as it was given. It is empty as long
/// as it has not been found.
std::string base_url(const Connection& connection);

}  // namespace globus_sdk::inline v0::detail

namespace globus_sdk::inline v0 {

template <class T> T Blocking::send(const detail::Connection& connection, Request&& request) {
  return T(start(connection, std::move(request)));
}

template <class T>
T Blocking::send_paged(const detail::Connection& connection, Request&& request, const Paging&) {
  return send<T>(connection, std::move(request));
}

}  // namespace globus_sdk::inline v0
