// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "sandbox/server/http.hpp"
#include "sandbox/server/service.hpp"

namespace globus_sandbox {

/// Has the service answer whose folder the first part of a request's path names.
class Router {
 public:
  explicit Router(const ServiceList& services) : services_(services) {}
  HttpResponse answer(HttpRequest request) const;
  /// Has it say where the body of a request goes that is not read yet.
  Reception admit(HttpRequest head) const;

 private:
  /// The service that a request is for, if any. Makes the request's path the one below its folder.
  Service* find(HttpRequest& request) const;

  const ServiceList& services_;
};

}  // namespace globus_sandbox
