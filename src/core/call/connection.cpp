// SPDX-License-Identifier: Apache-2.0
#include "globus_sdk/core/connection.hpp"

#include <atomic>

#include "core/call/client_state.hpp"
#include "core/http/resolved_transport_settings.hpp"
#include "core/http/url.hpp"
#include "globus_sdk/core/errors.hpp"
#include "globus_sdk/core/version.hpp"

namespace globus_sdk::inline v0::detail {

namespace {

/// The URL as libcurl reads it, and with a slash at its end only where it was given one.
std::string checked_base_url(const std::string& given, const Url& parsed) {
  if (!parsed.valid() || (parsed.scheme() != "http" && parsed.scheme() != "https") ||
      parsed.host().empty() || given.find(":///") != std::string::npos) {
    throw GlobusSDKUsageError("base_url must be an http or https URL");
  }
  if (parsed.has_user()) {
    throw GlobusSDKUsageError(
        "base_url must not name a user or a password: give the client an authorizer");
  }
  if (parsed.has_query_or_fragment()) {
    throw GlobusSDKUsageError("base_url must not have a query or a fragment");
  }
  std::string url = parsed.text();
  if (url.ends_with('/') && !given.ends_with('/')) url.pop_back();
  return url;
}

std::string checked_app_name(std::string name) {
  for (const char letter : name) {
    if (static_cast<unsigned char>(letter) < 0x20 || letter == 0x7f) {
      throw GlobusSDKUsageError("app_name must not hold control characters");
    }
  }
  return name;
}

void check_duration(const Nullable<std::chrono::milliseconds>& value, const char* name) {
  if (value.has_value() && *value <= std::chrono::milliseconds(0)) {
    throw GlobusSDKUsageError(std::string(name) + " must be more than 0, or null for none");
  }
}

}  // namespace

BaseURL read_base_url(const std::string& url) {
  const Url parsed(url);
  return {checked_base_url(url, parsed), destination_of(parsed)};
}

BaseURL base_url_of(const ClientState& state) {
  if (!state.base_url.empty() || !state.lazy_scopes) return {state.base_url, state.destination};
  return state.lazy_scopes->base_url();
}

bool lacks_address(const ClientState& state) {
  return state.base_url.empty() && base_url_of(state).text.empty();
}

void describe_client(ClientState& state, const Service& service,
                     std::shared_ptr<const GlobusAuthorizer> authorizer,
                     const ClientOptions& options) {
  static std::atomic<std::uint64_t> last_number = 0;
  state.number = ++last_number;
  state.service = service;
  state.authorizer = std::move(authorizer);
  state.environment = get_environment_name(options.environment);
  if (options.base_url || !service.address_is_found) {
    const BaseURL base = read_base_url(
        options.base_url ? *options.base_url : get_service_url(service.name, options.environment));
    state.base_url = base.text;
    state.destination = base.destination;
  }
  if (options.max_concurrent_requests) {
    if (*options.max_concurrent_requests < 1) {
      throw GlobusSDKUsageError(
          "max_concurrent_requests must be 1 or more; leave it unset for no limit");
    }
    state.max_concurrent_requests = *options.max_concurrent_requests;
  }
  state.retry = make_retry_policy(options.retry_config.value_or(RetryConfig()));
  state.retry.is_permanent = service.is_permanent;
  state.logger = options.logger ? *options.logger : logger_from_environment();
  if (options.tracer) state.tracer = options.tracer->get();
  std::string user_agent = std::string("globus-sdk-cpp-") + version;
  if (options.app_name) user_agent += "/" + checked_app_name(*options.app_name);
  state.header_lines = {"Accept: application/json", "User-Agent: " + user_agent,
                        std::string("X-Globus-Client-Info: product=cpp-sdk,version=") + version};
}

AppBinding::~AppBinding() = default;

namespace {

std::shared_ptr<ClientState> make_state(const Service& service,
                                        std::shared_ptr<const GlobusAuthorizer> authorizer,
                                        const ClientOptions& options) {
  auto state = std::make_shared<ClientState>();
  describe_client(*state, service, std::move(authorizer), options);
  state->transport = options.transport ? options.transport->implementation()
                                       : std::make_shared<Transport>(resolve({}));
  return state;
}

/// What all clients of a service have in common of their tokens.
ServerScopes default_scopes(const Service& service) {
  return {std::string(service.resource_server),
          std::vector<std::string>(service.default_scopes.begin(), service.default_scopes.end())};
}

ClientOptions with_defaults(ClientOptions options, const ClientOptions& defaults) {
  const std::string& environment = *defaults.environment;
  if (get_environment_name(options.environment.value_or(environment)) != environment) {
    throw GlobusSDKUsageError("environment: the app is for '" + environment +
                              "', so its clients must be too");
  }
  options.environment = environment;
  if (!options.app_name) options.app_name = defaults.app_name;
  if (!options.transport) options.transport = defaults.transport;
  if (!options.logger) options.logger = defaults.logger;
  if (!options.tracer) options.tracer = defaults.tracer;
  return options;
}

}  // namespace

const AppBinding& app_of(const Connection& connection) {
  if (!connection.state->app) {
    throw GlobusSDKUsageError("the client has no app to add scopes to: build it from an app");
  }
  return *connection.state->app;
}

Connection make_connection(const Service& service,
                           std::shared_ptr<const GlobusAuthorizer> authorizer,
                           const ClientOptions& options) {
  if (options.app_scopes) {
    throw GlobusSDKUsageError("app_scopes are for a client that is built from an app");
  }
  return {make_state(service, std::move(authorizer), options),
          std::make_shared<const CallSettings>()};
}

Connection make_app_connection(const Service& service, std::shared_ptr<const AppBinding> app,
                               const ClientOptions& options) {
  return make_app_connection(service, std::move(app), options, default_scopes(service));
}

Connection make_app_connection(const Service& service, std::shared_ptr<const AppBinding> app,
                               const ClientOptions& options, const ServerScopes& scopes) {
  auto state = make_state(service, app->authorizer_for(scopes.resource_server),
                          with_defaults(options, app->client_defaults()));
  app->require_scopes(scopes.resource_server, options.app_scopes.value_or(scopes.scopes));
  state->app = std::move(app);
  state->resource_server = scopes.resource_server;
  return {std::move(state), std::make_shared<const CallSettings>()};
}

Connection make_app_connection(const Service& service, std::shared_ptr<const AppBinding> app,
                               const ClientOptions& options, FindServerScopes find) {
  const auto settings = std::make_shared<const CallSettings>();
  auto state = make_state(service, nullptr, with_defaults(options, app->client_defaults()));
  const Connection without_authorizer{std::make_shared<const ClientState>(*state), settings};
  std::optional<Strings> app_scopes;
  if (options.app_scopes) app_scopes = *options.app_scopes;
  state->lazy_scopes = std::make_shared<LazyServerScopes>(app, without_authorizer, std::move(find),
                                                          std::move(app_scopes));
  state->authorizer = std::make_shared<const LazyAuthorizer>(state->lazy_scopes);
  state->app = std::move(app);
  return {std::move(state), settings};
}

Connection with_authorizer(const Connection& connection,
                           std::shared_ptr<const GlobusAuthorizer> authorizer) {
  auto state = std::make_shared<ClientState>(*connection.state);
  state->authorizer = std::move(authorizer);
  state->app.reset();
  state->resource_server.clear();
  state->lazy_scopes.reset();
  return {std::move(state), connection.settings};
}

void add_app_scope(const Connection& connection, const Strings& scopes) {
  const AppBinding& app = app_of(connection);
  const ClientState& state = *connection.state;
  if (state.lazy_scopes) return state.lazy_scopes->add(scopes);
  app.require_scopes(state.resource_server, scopes);
}

const std::string& environment(const Connection& connection) {
  return connection.state->environment;
}

Connection with_settings(const Connection& connection, const CallSettings& settings) {
  check_duration(settings.timeout, "timeout");
  check_duration(settings.deadline, "deadline");
  if (settings.max_retries && *settings.max_retries < 0) {
    throw GlobusSDKUsageError("max_retries must not be negative");
  }
  CallSettings merged = *connection.settings;
  if (!settings.timeout.is_unset()) merged.timeout = settings.timeout;
  if (!settings.deadline.is_unset()) merged.deadline = settings.deadline;
  if (!settings.deadline_at.is_unset()) merged.deadline_at = settings.deadline_at;
  if (settings.max_retries) merged.max_retries = settings.max_retries;
  if (settings.stop) merged.stop = settings.stop;
  return {connection.state, std::make_shared<const CallSettings>(std::move(merged))};
}

std::string base_url(const Connection& connection) {
  return base_url_of(*connection.state).text;
}

}  // namespace globus_sdk::inline v0::detail
