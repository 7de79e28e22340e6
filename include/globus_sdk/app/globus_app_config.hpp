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

/// What a function that makes a token storage is given of the app.
struct AppTokenStorageOptions {
  /// The app's id, a UUID.
  std::string client_id{};
  /// What the app is called.
  std::string app_name{};
  /// `production`, `preview`, ...
  std::string environment{};
  /// What keeps its tokens apart from others' in one storage.
  std::string namespace_{};
};

/// How an app logs users in: `command-line`, `local-server`, a LoginFlowManager, or a function that
/// takes the app's name, its login client and AppLoginOptions, and makes one.
using LoginFlowManagerChoice = AppPart<LoginFlowManager, std::string, LoginClient, AppLoginOptions>;

/// Where an app keeps tokens: `json`, `sqlite`, `memory`, a TokenStorage, or a function that takes
/// AppTokenStorageOptions and makes one.
using TokenStorageChoice = AppPart<TokenStorage, AppTokenStorageOptions>;

/// Resolves what is wrong with an app's tokens, by a login for example; the request that needed
/// them is then tried again. What it throws reaches the caller of that request. It is called by one
/// thread at a time, for which the others wait: in it the app itself may be used, but no client of
/// the app with a deadline or a stop.
using TokenValidationErrorHandler =
    std::function<void(const GlobusApp& app, const TokenValidationError& error)>;

/// Runs a login flow: what apps do about a TokenValidationError unless told otherwise. A login does
/// not help against tokens of another user: IdentityMismatchError is thrown on.
void resolve_by_login_flow(const GlobusApp& app, const TokenValidationError& error);

/// How an app behaves. Mirrors `globus_sdk.GlobusAppConfig`.
struct GlobusAppConfig {
  /// How users log in; `command-line` when unset. Not for a ClientApp.
  Field<LoginFlowManagerChoice> login_flow_manager{};
  /// Where Globus Auth sends the user after a login, one that the client has registered.
  Field<std::string> login_redirect_uri{};
  /// Where tokens are kept; `json` when unset: `~/.globus/app/CLIENT_ID/APP_NAME/tokens.json`.
  Field<TokenStorageChoice> token_storage{};
  /// Whether logins ask for refresh tokens, which are good for months, where access tokens are for
  /// two days.
  bool request_refresh_tokens = false;
  /// Whether a request that a service refuses for want of a consent or a session (a GARE) makes the
  /// user log in accordingly, and is then sent again, once.
  bool auto_redrive_gares = false;
  /// What to do when tokens are missing or fail validation; null: nothing, the error is thrown.
  /// When unset a login flow is run.
  Nullable<TokenValidationErrorHandler> token_validation_error_handler{};
  /// Verifies the id tokens of logins; one for the login client when unset.
  Field<IDTokenDecoder> id_token_decoder{};
  /// `production`, `preview`, ...; unset: `GLOBUS_SDK_ENVIRONMENT`, else production.
  Field<std::string> environment{};
  /// How requests of the app and its clients travel. Python's apps have no such setting, nor those
  /// that follow.
  Field<Transport> transport{};
  /// Unset: as `GLOBUS_SDK_LOG` says.
  Field<Logger> logger{};
  /// How long to wait for another process that is renewing the same token; 60 s when unset.
  Field<std::chrono::milliseconds> renewal_lock_timeout{};
};

}  // namespace globus_sdk::inline v0
