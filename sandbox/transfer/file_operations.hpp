// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/json/object.hpp>

#include "sandbox/server/http.hpp"
#include "sandbox/transfer/collections/collection_registry.hpp"

namespace globus_sandbox::transfer {

/// The operations on files that are answered at once. Each returns its document, or throws a
/// ServiceError. The caller may use the collection; what it holds is checked here.

/// `GET .../ls`: the `file_list` of a directory.
boost::json::object list_directory(const CollectionState& state, const HttpRequest& request);
/// `GET .../stat`: the `file` document of one path.
boost::json::object stat_path(const CollectionState& state, const HttpRequest& request);
/// `POST .../mkdir`
boost::json::object make_directory(const CollectionState& state, const HttpRequest& request);
/// `POST .../rename`
boost::json::object rename_path(const CollectionState& state, const HttpRequest& request);

}  // namespace globus_sandbox::transfer
