// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/json/object.hpp>
#include <set>
#include <string>

#include "sandbox/server/http.hpp"
#include "sandbox/transfer/collections/collection_registry.hpp"

namespace globus_sandbox::transfer {

/// The `endpoint` document of a collection as that caller sees it.
boost::json::object endpoint_document(const CollectionState& state,
                                      const CollectionRegistry& registry, const Caller& caller,
                                      bool is_in_use);

/// Collections that the caller's tasks use, for the scopes of a search.
struct UsedCollections {
  std::set<std::string> ever;
  std::set<std::string> now;
};

/// `GET endpoint_search`: the `endpoint_list` of what matches. Throws a ServiceError.
boost::json::object search_endpoints(const HttpRequest& request, const CollectionRegistry& registry,
                                     const Caller& caller, const UsedCollections& used);

}  // namespace globus_sandbox::transfer
