// SPDX-License-Identifier: Apache-2.0
#include "sandbox/server/absent_service.hpp"

#include <boost/json/value.hpp>
#include <utility>

#include "sandbox/base/random.hpp"

namespace globus_sandbox {

namespace json = boost::json;

namespace {

/// How a service writes an error.
using ErrorForm = HttpResponse (*)(const ServiceError& error, const std::string& resource);

HttpResponse flows_form(const ServiceError& error, const std::string&) {
  return json_response(
      error.status(),
      json::object{{"error", {{"code", to_capitals(error.code())}, {"detail", error.message()}}}});
}

HttpResponse timers_form(const ServiceError& error, const std::string&) {
  return json_response(error.status(), json::object{{"error",
                                                     {{"code", to_capitals(error.code())},
                                                      {"detail", error.message()},
                                                      {"status", error.status()}}}});
}

HttpResponse search_form(const ServiceError& error, const std::string&) {
  return json_response(error.status(), json::object{{"@datatype", "GError"},
                                                    {"@version", "2017-09-01"},
                                                    {"status", error.status()},
                                                    {"code", error.code()},
                                                    {"message", error.message()},
                                                    {"request_id", random_request_id()}});
}

class AbsentService : public Service {
 public:
  AbsentService(std::string name, ServiceScopes scopes, ErrorForm form)
      : name_(std::move(name)), scopes_(std::move(scopes)), form_(form) {}

  std::string_view name() const override { return name_; }
  ServiceScopes scopes() const override { return scopes_; }
  HttpResponse write_error(const ServiceError& error, const std::string& resource) const override {
    return form_(error, resource);
  }

 protected:
  HttpResponse answer(HttpRequest) override {
    throw ServiceError(501, "NotImplemented", "globus-sandbox has no service '" + name_ + "'");
  }

 private:
  std::string name_;
  ServiceScopes scopes_;
  ErrorForm form_;
};

/// Scopes whose texts begin alike.
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
  const auto add = [&](const char* name, ErrorForm form, ServiceScopes scopes) {
    services.push_back(std::make_unique<AbsentService>(name, std::move(scopes), form));
  };
  const std::string timers = "524230d7-ea86-4a52-8312-86065a9e0417";
  add("groups", shared_error_form,
      urn_scopes("groups.api.globus.org", {"all", "view_my_groups_and_memberships"}));
  add("search", search_form,
      urn_scopes("search.api.globus.org", {"all", "globus_connect_server", "ingest", "search"}));
  add("flows", flows_form,
      url_scopes("flows.globus.org", "eec9b274-0c81-4334-bdc2-54e90e689b9a",
                 {"all", "manage_flows", "view_flows", "run", "run_status", "run_manage"}));
  add("timer", timers_form, url_scopes(timers, timers, {"timer"}));
  add("compute", shared_error_form,
      url_scopes("funcx_service", "facd7ccc-c5f4-42aa-916b-a0e270e2c2a9", {"all"}));
  add("nexus", shared_error_form, urn_scopes("nexus.api.globus.org", {"groups"}));
  return services;
}

}  // namespace globus_sandbox
