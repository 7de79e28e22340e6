// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "sandbox/https/file_target.hpp"
#include "sandbox/server/directory.hpp"
#include "sandbox/server/http.hpp"

namespace globus_sandbox::https {

/// What a request is answered with that does not show who sends it.
struct LoginPlaces {
  std::string authorize_url;  ///< of the sandbox's Auth
  std::string https_server;   ///< of the collection
};

/// The scopes that a token for a collection's files has to have.
std::vector<std::string> required_scopes(const transfer::CollectionState& state);

/// Sees to it that whoever sends a request may have it done: the files of a public collection are
/// there for everybody to read; anything else takes an access token with the collection's `https`
/// scope, the `data_access` scope where the collection has one, and a session that meets the
/// collection's requirements.
///
/// Throws a ServiceError (401 or 403, with the scopes to ask for). A GET or HEAD without
/// Authorization is thrown as a Refusal that redirects to a login of the collection's own client,
/// unless it says `X-Requested-With: XMLHttpRequest`: a script cannot follow there.
void require_access(const FileTarget& target, const HttpRequest& request,
                    const Directory& directory, const LoginPlaces& places);

}  // namespace globus_sandbox::https
