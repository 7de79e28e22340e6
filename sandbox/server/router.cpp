// SPDX-License-Identifier: Apache-2.0
#include "sandbox/server/router.hpp"

#include <algorithm>
#include <utility>

namespace globus_sandbox {

Service* Router::find(HttpRequest& request) const {
  const std::string_view path = request.raw_path;
  const auto end = std::min(path.find('/', 1), path.size());
  request.path = end == path.size() ? "/" : percent_decode(path.substr(end));
  for (const auto& service : services_)
    if (path.substr(0, end) == "/" + std::string(service->name())) return service.get();
  return nullptr;
}

Reception Router::admit(HttpRequest head) const {
  Service* service = find(head);
  return service == nullptr ? Reception{} : service->admit(head);
}

HttpResponse Router::answer(HttpRequest request) const {
  if (Service* service = find(request)) return service->handle(std::move(request));
  return shared_error_form({404, "NotFound", "globus-sandbox serves nothing at this path"},
                           request.raw_path);
}

}  // namespace globus_sandbox
