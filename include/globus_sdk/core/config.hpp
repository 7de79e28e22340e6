// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <stop_token>
#include <string>

#include "globus_sdk/core/field.hpp"
#include "globus_sdk/core/log.hpp"
#include "globus_sdk/core/retry.hpp"
#include "globus_sdk/core/strings.hpp"
#include "globus_sdk/core/text.hpp"
#include "globus_sdk/core/tracing.hpp"
#include "globus_sdk/core/transport_settings.hpp"

namespace globus_sdk::inline v0 {

/// Settings of a client, for its whole life. The names are those of Python's client parameters.
struct ClientOptions {
  /// The environment of Globus: `production` (the default), `preview`, ... Unset: as the variable
  /// `GLOBUS_SDK_ENVIRONMENT` says.
  Field<std::string> environment{};
  /// Base URL of the service. Unset: the variable `GLOBUS_SDK_SERVICE_URL_<SERVICE>` if there is
  /// one, else the URL of the service in the environment.
  Field<std::string> base_url{};
  /// For a client of an app: the scopes that the app's tokens must have for this client, in place
  /// of the service's default scopes.
  Field<Strings> app_scopes{};
  /// Name of the program, for the User-Agent header. Unset: the name of the app, where the client
  /// has an app.
  Field<std::string> app_name{};
  /// Connections to share with other clients. Unset: the client has its own.
  Field<Transport> transport{};
  /// How many asynchronous requests of this client run at once; the others wait for their turn.
  /// With a transport that clients of many users share, none of them can take all of it. Unset: as
  /// many as the transport lets through.
  Field<std::int64_t> max_concurrent_requests{};
  /// When and how requests are sent again.
  Field<RetryConfig> retry_config{};
  /// Where log lines go. Unset: as the variable `GLOBUS_SDK_LOG` says.
  Field<Logger> logger{};
  /// Is told of every call and of each of its attempts. Unset: nobody is.
  Field<AnyTracer> tracer{};
};

/// Settings of calls: what `client.with({...})` takes. An unset field keeps what the client has.
struct CallSettings {
  /// The longest time that the server may be silent; null for no limit.
  Nullable<std::chrono::milliseconds> timeout{};
  /// The longest time that a call may take in all, with retries, waits and token renewals; null for
  /// no limit.
  Nullable<std::chrono::milliseconds> deadline{};
  /// The time at which all calls end at the latest. This is for a batch job, which has one end,
  /// however many calls it makes. Null for never. With `deadline` set too, the earlier of the two
  /// counts. The time is of the steady clock, which nobody sets: a correction of the system clock
  /// neither ends a call nor keeps one going. For an end by the calendar, add the time that is
  /// left: `steady_clock::now() + (end - system_clock::now())`.
  Nullable<std::chrono::steady_clock::time_point> deadline_at{};
  /// How often one request may be sent again; 0 for never.
  Field<std::int64_t> max_retries{};
  /// Ends calls with CancelledError as soon as stop is requested, whatever they are doing.
  Field<std::stop_token> stop{};
};

/// Base URL of a service ("auth", "transfer", ...), as the Python SDK finds it.
///
/// @throws GlobusSDKUsageError for an environment that does not exist.
std::string get_service_url(Text service, const Field<std::string>& environment = {});

/// The environment that applies: `environment` if set, else `GLOBUS_SDK_ENVIRONMENT`, else
/// `production`. Mirrors `globus_sdk.config.get_environment_name`.
std::string get_environment_name(const Field<std::string>& environment = {});

}  // namespace globus_sdk::inline v0
