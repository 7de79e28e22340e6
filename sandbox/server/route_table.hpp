// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "../http.hpp"
#include "service_error.hpp"

namespace globus_sandbox {

/// An endpoint: what is asked of it, and the function that answers. The function gets the context
/// that the table is asked with, and the request, whose `ids` are what stands in the places of
/// `{id}`.
template <class... Context> struct Route {
  std::string_view methods;  ///< one or more, with a space between; HEAD goes with GET
  std::string_view path;     ///< such as `/v2/api/clients/{id}/credentials`
  std::function<HttpResponse(Context..., const HttpRequest&)> answer;
};

/// What stands in the places of a pattern's `{id}`, each one part of the path; nothing for another
/// path.
std::optional<std::vector<std::string>> match_path(std::string_view pattern, std::string_view path);

/// Whether a route's methods include this one.
bool takes_method(std::string_view methods, std::string_view method);

/// The endpoints of a service. Const, and used from many threads.
template <class... Context> class RouteTable {
 public:
  explicit RouteTable(std::vector<Route<Context...>> routes) : routes_(std::move(routes)) {}

  /// Has the endpoint answer that the request is for. Throws a ServiceError (501) for a request
  /// that none is for.
  HttpResponse answer(Context... context, HttpRequest request) const {
    for (const auto& route : routes_) {
      if (!takes_method(route.methods, request.method)) continue;
      auto ids = match_path(route.path, request.path);
      if (!ids) continue;
      request.ids = std::move(*ids);
      return route.answer(context..., request);
    }
    throw not_implemented(request.method + ' ' + request.path);
  }

  /// Whether any method has an endpoint at a path.
  bool has_path(std::string_view path) const {
    return std::any_of(routes_.begin(), routes_.end(),
                       [&](const auto& route) { return match_path(route.path, path).has_value(); });
  }

 private:
  std::vector<Route<Context...>> routes_;
};

}  // namespace globus_sandbox
