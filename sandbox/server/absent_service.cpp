// SPDX-License-Identifier: Apache-2.0
#include "absent_service.hpp"

#include <utility>

namespace globus_sandbox {

namespace {

class AbsentService : public Service {
 public:
  AbsentService(std::string name, ServiceScopes scopes)
      : name_(std::move(name)), scopes_(std::move(scopes)) {}

  std::string_view name() const override { return name_; }
  ServiceScopes scopes() const override { return scopes_; }
  HttpResponse write_error(const ServiceError& error, const std::string& resource) const override {
    return shared_error_form(error, resource);
  }

 protected:
  HttpResponse answer(HttpRequest) override {
    throw ServiceError(501, "NotImplemented", "globus-sandbox has no service '" + name_ + "'");
  }

 private:
  std::string name_;
  ServiceScopes scopes_;
};

/// Scopes whose texts begin with the same.
ServiceScopes scopes_of(std::string resource_server, const std::string& prefix,
                        const std::vector<std::string>& names) {
  ServiceScopes scopes{std::move(resource_server), {}, {}};
  for (const auto& name : names) scopes.known.push_back(prefix + name);
  return scopes;
}

ServiceScopes urn_scopes(const std::string& resource_server,
                         const std::vector<std::string>& names) {
  return scopes_of(resource_server, "urn:globus:auth:scope:" + resource_server + ":", names);
}

ServiceScopes url_scopes(const std::string& resource_server, const std::string& id,
                         const std::vector<std::string>& names) {
  return scopes_of(resource_server, "https://auth.globus.org/scopes/" + id + "/", names);
}

}  // namespace

ServiceList absent_services() {
  ServiceList services;
  const auto add = [&](const char* name, ServiceScopes scopes) {
    services.push_back(std::make_unique<AbsentService>(name, std::move(scopes)));
  };
  const std::string timers = "524230d7-ea86-4a52-8312-86065a9e0417";
  add("groups", urn_scopes("groups.api.globus.org", {"all", "view_my_groups_and_memberships"}));
  add("search",
      urn_scopes("search.api.globus.org", {"all", "globus_connect_server", "ingest", "search"}));
  add("flows",
      url_scopes("flows.globus.org", "eec9b274-0c81-4334-bdc2-54e90e689b9a",
                 {"all", "manage_flows", "view_flows", "run", "run_status", "run_manage"}));
  add("timer", url_scopes(timers, timers, {"timer"}));
  add("compute", url_scopes("funcx_service", "facd7ccc-c5f4-42aa-916b-a0e270e2c2a9", {"all"}));
  add("nexus", urn_scopes("nexus.api.globus.org", {"groups"}));
  return services;
}

}  // namespace globus_sandbox
