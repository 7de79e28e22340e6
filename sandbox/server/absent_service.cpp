// SPDX-License-Identifier: Apache-2.0
#include "absent_service.hpp"

#include <utility>

namespace globus_sandbox {

namespace {

class AbsentService : public Service {
 public:
  explicit AbsentService(std::string name) : name_(std::move(name)) {}

  std::string_view name() const override { return name_; }
  ServiceScopes scopes() const override { return {}; }
  HttpResponse write_error(const ServiceError& error, const std::string& resource) const override {
    return shared_error_form(error, resource);
  }

 protected:
  HttpResponse answer(HttpRequest) override {
    throw ServiceError(501, "NotImplemented", "globus-sandbox has no service '" + name_ + "'");
  }

 private:
  std::string name_;
};

}  // namespace

ServiceList absent_services() {
  ServiceList services;
  for (const char* name : {"groups", "search", "flows", "timer", "compute", "nexus"})
    services.push_back(std::make_unique<AbsentService>(name));
  return services;
}

}  // namespace globus_sandbox
