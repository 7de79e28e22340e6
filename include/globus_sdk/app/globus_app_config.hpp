// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <functional>
#include <string>

#include "globus_sdk/app/app_part.hpp"
#include "globus_sdk/auth/id_token_decoder.hpp"
#include "globus_sdk/core/config.hpp"
#include "globus_sdk/core/field.hpp"
#include "globus_sdk/core/log.hpp"
#include "globus_sdk/login_flows/login_flow_manager.hpp"
#include "globus_sdk/token_storage/errors.hpp"
#include "globus_sdk/token_storage/token_storage.hpp"

namespace globus_sdk::inline v0 {

class GlobusApp;

/// What a function that makes a token storage is told about the app.
struct AppTokenStorageOptions {
  /// The app's id, a UUID.
  std::string client_id{};
  /// What the app is called.
  std::string app_name{};
  /// `production`, `preview`, ...
  std::string environment{};
  /// The namespace of its tokens, which keeps them apart from others' tokens in the same storage.
  std::string namespace_{};
};

/// How an app logs users in: `command-line`, `local-server`, a LoginFlowManager, or a function that
/// takes the app's name, its login client and AppLoginOptions, and makes one.
using LoginFlowManagerChoice = AppPart<LoginFlowManager, std::string, LoginClient, AppLoginOptions>;

/// Where an app keeps tokens: `json`, `sqlite`, `memory`, a TokenStorage, or a function that takes
/// AppTokenStorageOptions and makes one.
using TokenStorageChoice = AppPart<TokenStorage, AppTokenStorageOptions>;

/// Resolves what is wrong with an app's tokens, by a login for example. The request that needed the
/// tokens is then tried again. An exception of the handler reaches the caller of that request. One
/// thread at a time calls the handler, and the other threads wait for it. The handler may use the
/// app itself, but no client of the app that has a deadline or a stop token.
using TokenValidationErrorHandler =
    std::function<void(const GlobusApp& app, const TokenValidationError& error)>;

/// Runs a login flow: the default handler of TokenValidationErrors. A login does not help when
/// tokens belong to another user: for an IdentityMismatchError this throws that error again.
void resolve_by_login_flow(const GlobusApp& app, const TokenValidationError& error);

/// How an app behaves. Mirrors `globus_sdk.GlobusAppConfig`.
struct GlobusAppConfig {
  /// How users log in; `command-line` when unset. Not for a ClientApp.
  Field<LoginFlowManagerChoice> login_flow_manager{};
  /// Where Globus Auth sends the user after a login: a URI that the client has registered.
  Field<std::string> login_redirect_uri{};
  /// Where tokens are kept; `json` when unset: `~/.globus/app/CLIENT_ID/APP_NAME/tokens.json`.
  Field<TokenStorageChoice> token_storage{};
  /// Whether logins ask for refresh tokens. A refresh token is good for months, an access token for
  /// two days.
  bool request_refresh_tokens = false;
  /// Whether to log the user in again, as the service asks, when it refuses a request because a
  /// consent or a session is missing (a GARE). The request is then sent again, once.
  bool auto_redrive_gares = false;
  /// What to do when tokens are missing or fail validation. Null: nothing, the error is thrown.
  /// Unset: a login flow runs.
  Nullable<TokenValidationErrorHandler> token_validation_error_handler{};
  /// Verifies the id tokens of logins; unset: a decoder for the login client.
  Field<IDTokenDecoder> id_token_decoder{};
  /// `production`, `preview`, ...; unset: `GLOBUS_SDK_ENVIRONMENT`, else production.
  Field<std::string> environment{};
  /// The transport for the requests of the app and its clients. Python's apps have neither this
  /// setting nor the following ones.
  Field<Transport> transport{};
  /// Where log lines go. Unset: as the variable `GLOBUS_SDK_LOG` says.
  Field<Logger> logger{};
  /// How long to wait for another process that is renewing the same token; 60 s when unset.
  Field<std::chrono::milliseconds> renewal_lock_timeout{};
  /// Is told of every call of the app and its clients, and of each of its attempts.
  Field<AnyTracer> tracer{};
};

}  // namespace globus_sdk::inline v0
