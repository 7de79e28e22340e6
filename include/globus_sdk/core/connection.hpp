// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <utility>

#include "globus_sdk/core/answer.hpp"
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
};

struct ClientState;

/// What a client handle holds: state shared by its copies, and the settings of its calls.
struct Connection {
  std::shared_ptr<const ClientState> state;
  std::shared_ptr<const CallSettings> settings;
};

/// Makes a client's state. Sends nothing.
///
/// @throws GlobusSDKUsageError for a base URL, environment or setting that is none.
Connection make_connection(const Service& service,
                           std::shared_ptr<const GlobusAuthorizer> authorizer,
                           const ClientOptions& options);

/// The same connection with other settings; a field that is unset keeps what it was.
Connection with_settings(const Connection& connection, const CallSettings& settings);

/// The client's base URL, ending as it was given.
const std::string& base_url(const Connection& connection);

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
