// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "sandbox/server/directory.hpp"
#include "sandbox/server/http.hpp"
#include "sandbox/server/service.hpp"

namespace globus_sandbox {

class FaultPlan;
class RequestLog;

/// What lives under `/_sandbox/`: how a test or a person at the keyboard looks into a sandbox and
/// steers it. JSON in and out, for whom `Admission` lets in; a mistake gets a 400 whose `error`
/// names the field.
///
///     POST   reset                              as after the start; answers with the description
///     GET    state                              what each service has
///     GET    requests                           since the last DELETE: time, method, path, status
///     DELETE requests
///     POST   faults       {method, path, count, and one of: status with headers and body; delay;
///                          drop: "before" | "after"; truncate; reset; stall with seconds;
///                          bytes_per_second; cut_upload; require: {authorization parameters}}
///     DELETE faults
///
/// The services add their own (`Service::control_routes`).
class Control {
 public:
  struct Parts {
    const ServiceList& services;
    const Directory& directory;
    RequestLog& log;
    FaultPlan& faults;
    std::function<void()> reset;               ///< back to how the sandbox began
    std::function<std::string()> description;  ///< the JSON that `serve` prints
  };
  explicit Control(Parts parts);

  /// Answers a request whose path begins with `/_sandbox/`.
  HttpResponse answer(HttpRequest request);

 private:
  std::vector<Route<>> routes_of_all();
  HttpResponse reset(const HttpRequest& request);
  HttpResponse state(const HttpRequest& request);
  HttpResponse get_requests(const HttpRequest& request);
  HttpResponse delete_requests(const HttpRequest& request);
  HttpResponse add_fault(const HttpRequest& request);
  HttpResponse clear_faults(const HttpRequest& request);

  Parts parts_;
  RouteTable<> routes_;
};

}  // namespace globus_sandbox
