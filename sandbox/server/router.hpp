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

 private:
  const ServiceList& services_;
};

}  // namespace globus_sandbox
