// SPDX-License-Identifier: Apache-2.0
#include "sandbox/server/service.hpp"

#include <algorithm>
#include <cerrno>
#include <exception>
#include <system_error>
#include <utility>

namespace globus_sandbox {

namespace {

/// Throws a ServiceError where a request's body could not be written to its file.
void require_stored(const HttpRequest& request) {
  const int error = request.storage_error;
  if (error == 0) return;
  const bool is_full = error == ENOSPC || error == EDQUOT || error == EFBIG;
  throw ServiceError(is_full ? 507 : 500, is_full ? "InsufficientStorage" : "InternalError",
                     "the request's body cannot be stored: " +
                         std::error_code(error, std::generic_category()).message());
}

}  // namespace

HttpResponse Service::handle(HttpRequest request) {
  const std::string resource = request.path;
  HttpResponse response;
  auto failure = failure_of(resource, [&] {
    require_stored(request);
    response = answer(std::move(request));
  });
  return failure ? std::move(*failure) : std::move(response);
}

Reception Service::admit(const HttpRequest& head) {
  Reception reception;
  reception.refusal = failure_of(head.path, [&] { reception.file = receive(head); });
  return reception;
}

std::shared_ptr<ReceivedFile> Service::receive(const HttpRequest&) {
  return nullptr;
}

std::optional<HttpResponse> Service::failure_of(const std::string& resource,
                                                const std::function<void()>& action) const {
  try {
    action();
    return std::nullopt;
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
