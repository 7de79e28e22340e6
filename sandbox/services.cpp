// SPDX-License-Identifier: Apache-2.0
// The one place that knows the services by their names.
#include "sandbox/services.hpp"

#include <algorithm>
#include <utility>

#include "sandbox/auth/auth_service.hpp"
#include "sandbox/https/https_service.hpp"
#include "sandbox/server/absent_service.hpp"
#include "sandbox/transfer/transfer_service.hpp"

namespace globus_sandbox {

namespace {

bool has(const ServiceList& services, std::string_view name) {
  return std::any_of(services.begin(), services.end(),
                     [&](const auto& service) { return service->name() == name; });
}

}  // namespace

const Directory& make_services(Surroundings surroundings, ServiceList& services) {
  auto auth = std::make_unique<auth::AuthService>(surroundings);
  const Directory& directory = *auth;
  surroundings.directory = auth.get();
  services.push_back(std::move(auth));
  auto transfer = std::make_unique<TransferService>(surroundings);
  const TransferService& storage = *transfer;
  services.push_back(std::move(transfer));
  services.push_back(std::make_unique<https::HttpsService>(
      surroundings, storage.registry(), [&storage] { return storage.bandwidth_limit(); }));
  for (auto& absent : absent_services())
    if (!has(services, absent->name())) services.push_back(std::move(absent));
  return directory;
}

}  // namespace globus_sandbox
