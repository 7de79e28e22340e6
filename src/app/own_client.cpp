// SPDX-License-Identifier: Apache-2.0
#include "app/own_client.hpp"

#include "globus_sdk/core/errors.hpp"

namespace globus_sdk::inline v0::detail {

ClientOptions own_client_options(Text app_name, const GlobusAppConfig& config) {
  ClientOptions options;
  options.app_name = app_name.str();
  options.environment = get_environment_name(config.environment);
  options.transport = config.transport;
  options.logger = config.logger;
  options.tracer = config.tracer;
  return options;
}

void check_client_is_given_once(const GlobusAppOptions& options) {
  if (options.login_client && (options.client_id || options.client_secret)) {
    throw GlobusSDKUsageError("give either login_client, or client_id and client_secret, not both");
  }
}

}  // namespace globus_sdk::inline v0::detail
