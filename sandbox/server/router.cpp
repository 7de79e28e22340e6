// SPDX-License-Identifier: Apache-2.0
#include "sandbox/server/router.hpp"

#include <algorithm>
#include <utility>

namespace globus_sandbox {

HttpResponse Router::answer(HttpRequest request) const {
  const std::string_view path = request.raw_path;
  const auto end = std::min(path.find('/', 1), path.size());
  request.path = end == path.size() ? "/" : percent_decode(path.substr(end));
  for (const auto& service : services_)
    if (path.substr(0, end) == "/" + std::string(service->name()))
      return service->handle(std::move(request));
  return shared_error_form({404, "NotFound", "globus-sandbox serves nothing at this path"},
                           request.raw_path);
}

}  // namespace globus_sandbox
