// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/json/object.hpp>

#include "../http.hpp"
#include "collection_registry.hpp"

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

/// The body of a request as a JSON object whose `DATA_TYPE`, where it has one, is that type. Throws
/// a ServiceError.
boost::json::object read_document(const HttpRequest& request, std::string_view data_type);

/// Refuses any local user but the one that the sandbox itself runs as, since it maps nobody to
/// another.
void require_own_local_user(std::string_view local_user);

}  // namespace globus_sandbox::transfer
