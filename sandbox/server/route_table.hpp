// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "sandbox/server/http.hpp"
#include "sandbox/server/service_error.hpp"

namespace globus_sandbox {

/// The query parameters of an endpoint.
struct QueryParameters {
  std::vector<std::string_view> known{};
  bool ignores_others = false;  ///< else each other one is answered with 501 and its name
};

/// Of an endpoint of OAuth2 or OpenID, which ignores what it does not know (RFC 6749, 3.1 and 3.2).
inline const QueryParameters any_parameters{{}, true};

/// Throws a ServiceError (501) that names a parameter of the request that the endpoint does not
/// know.
void require_known(const QueryParameters& parameters, const HttpRequest& request);

/// An endpoint: what is asked of it, and the function that answers. The function gets the context
/// that the table is asked with, and the request, whose `ids` are what stands in the places of
/// `{id}`.
template <class... Context> struct Route {
  std::string_view methods;  ///< one or more, with a space between; HEAD goes with GET
  std::string_view path;     ///< such as `/v2/api/clients/{id}/credentials`
  std::function<HttpResponse(Context..., const HttpRequest&)> answer;
  QueryParameters parameters{};
};

/// What stands in the places of a pattern's `{id}`, each one part of the path, UUIDs in small
/// letters; nothing for another path.
std::optional<std::vector<std::string>> match_path(std::string_view pattern, std::string_view path);

/// Whether a route's methods include this one.
bool takes_method(std::string_view methods, std::string_view method);

/// The endpoints of a service. Const, and used from many threads.
template <class... Context> class RouteTable {
 public:
  explicit RouteTable(std::vector<Route<Context...>> routes) : routes_(std::move(routes)) {}

  /// Has the endpoint answer that the request is for. Throws a ServiceError (501) for a request
  /// that none is for, or with a parameter that its endpoint does not know.
  HttpResponse answer(Context... context, HttpRequest request) const {
    for (const auto& route : routes_) {
      if (!takes_method(route.methods, request.method)) continue;
      auto ids = match_path(route.path, request.path);
      if (!ids) continue;
      require_known(route.parameters, request);
      request.ids = std::move(*ids);
      return route.answer(context..., request);
    }
    throw not_implemented(request.method + ' ' + request.path);
  }

  /// The methods that have an endpoint at a path, with a space after each.
  std::string methods_at(std::string_view path) const {
    std::string methods;
    for (const auto& route : routes_)
      if (match_path(route.path, path)) methods += std::string(route.methods) + ' ';
    return methods;
  }

 private:
  std::vector<Route<Context...>> routes_;
};

}  // namespace globus_sandbox
