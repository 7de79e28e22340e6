// SPDX-License-Identifier: Apache-2.0
#include "sandbox/server/service.hpp"

#include <algorithm>
#include <exception>
#include <utility>

namespace globus_sandbox {

HttpResponse Service::handle(HttpRequest request) {
  const std::string resource = request.path;
  try {
    return answer(std::move(request));
  } catch (Refusal& refusal) {
    return std::move(refusal.response);
  } catch (const ServiceError& error) {
    return write_error(error, resource);
  } catch (const std::exception& error) {
    return write_error({500, "InternalError", std::string("the sandbox failed: ") + error.what()},
                       resource);
  }
}

bool Service::has_scope(std::string_view scope) const {
  const auto known = scopes().known;
  return std::find(known.begin(), known.end(), scope) != known.end();
}

std::string variable_part(std::string_view name) {
  std::string result(name);
  for (char& c : result) {
    if (c >= 'a' && c <= 'z')
      c = static_cast<char>(c - 'a' + 'A');
    else if (!((c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')))
      c = '_';
  }
  return result;
}

}  // namespace globus_sandbox
