// SPDX-License-Identifier: Apache-2.0
// Where services are, by the names that their clients give. Nothing else in the core names one.
#include "globus_sdk/core/config.hpp"

#include <algorithm>
#include <optional>
#include <string_view>

#include "core/base/ascii.hpp"
#include "core/process/environment_variable.hpp"
#include "globus_sdk/core/globus_error.hpp"

namespace globus_sdk::inline v0 {

namespace {

using detail::environment_variable;

std::string upper(std::string text) {
  std::ranges::transform(text, text.begin(), detail::ascii_upper);
  return text;
}

bool is_one_of(std::string_view text, std::initializer_list<std::string_view> texts) {
  return std::find(texts.begin(), texts.end(), text) != texts.end();
}

/// Domain below which an environment's services live; nothing for one that does not exist.
std::optional<std::string> domain_of(const std::string& environment) {
  if (environment == "production") return "globus.org";
  if (environment == "preview") return "preview.globus.org";
  if (is_one_of(environment, {"sandbox", "integration", "test", "staging"})) {
    return environment + ".globuscs.info";
  }
  return std::nullopt;
}

std::string url_of(const std::string& service, const std::string& environment,
                   const std::string& domain) {
  const bool production = environment == "production";
  if (is_one_of(service, {"app", "auth"})) return "https://" + service + "." + domain + "/";
  if (is_one_of(service, {"actions", "flows", "timer"})) {
    return "https://" + (production ? service : environment + "." + service) +
           ".automate.globus.org/";
  }
  if (service == "nexus" && production) return "https://nexus.api.globusonline.org/";
  return "https://" + service + ".api." + domain + "/";
}

}  // namespace

std::string get_environment_name(const Field<std::string>& environment) {
  if (environment && !environment->empty()) return *environment;
  return environment_variable("GLOBUS_SDK_ENVIRONMENT").value_or("production");
}

std::string get_service_url(Text service, const Field<std::string>& environment) {
  if (const auto url = environment_variable("GLOBUS_SDK_SERVICE_URL_" + upper(service.str())))
    return *url;
  const std::string name = get_environment_name(environment);
  const auto domain = domain_of(name);
  if (!domain) {
    throw GlobusSDKUsageError("environment: there is no environment '" + name +
                              "'; production and preview are two that exist");
  }
  return url_of(service.str(), name, *domain);
}

}  // namespace globus_sdk::inline v0
