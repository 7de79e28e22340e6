// SPDX-License-Identifier: Apache-2.0
#include "local_globus.hpp"

namespace demo {

namespace {

globus_sandbox::SandboxOptions sandbox_options(const std::filesystem::path& tree,
                                               std::chrono::seconds token_lifetime,
                                               const TemporaryFolder& temporary) {
  globus_sandbox::SandboxOptions options;
  options.collections = {{"SOURCE", tree}, {"DESTINATION", temporary.make("destination")}};
  options.token_lifetime = token_lifetime;
  return options;
}

}  // namespace

LocalGlobus::LocalGlobus(const std::filesystem::path& tree, std::chrono::seconds token_lifetime,
                         const TemporaryFolder& temporary)
    : sandbox_(sandbox_options(tree, token_lifetime, temporary)) {}

globus_sdk::ClientOptions LocalGlobus::options_for(const std::string& service) const {
  return {.base_url = sandbox_.service_url(service), .transport = transport_};
}

Traffic count_traffic(const globus_sandbox::Sandbox& sandbox) {
  Traffic traffic;
  for (const auto& request : sandbox.requests()) {
    if (request.path == "/auth/v2/oauth2/token") ++traffic.token_requests;
    if (!request.path.starts_with("/transfer/")) continue;
    ++traffic.transfer_calls;
    if (request.status == 401) ++traffic.refused_tokens;
  }
  return traffic;
}

}  // namespace demo
