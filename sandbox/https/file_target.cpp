// SPDX-License-Identifier: Apache-2.0
#include "sandbox/https/file_target.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

#include "sandbox/base/text.hpp"
#include "sandbox/server/service_error.hpp"

namespace globus_sandbox::https {

namespace {

ServiceError invalid_path(const std::string& why) {
  return {400, "InvalidPath", "The path of the URL is not one of a file: " + why};
}

/// The decoded path. Each part is decoded by itself: a slash that is encoded is one in a name,
/// which no file can have.
std::string decoded(std::string_view raw) {
  std::string path;
  for (const auto& part : split(raw, '/')) {
    const std::string name = percent_decode(part);
    if (name.find('/') != std::string::npos) throw invalid_path("a name holds a slash (%2F)");
    path += (path.empty() && part.empty() ? "" : "/") + name;
  }
  return path.empty() ? "/" : path;
}

transfer::TransferPath parsed(const std::string& path) {
  try {
    return transfer::parse_transfer_path(path);
  } catch (const transfer::InvalidPath& error) {
    throw invalid_path(error.what());
  }
}

}  // namespace

const transfer::ConfinedFolder& FileTarget::folder() const {
  if (state.credentials_expired)
    throw ServiceError(403, "LoginFailed",
                       "The credentials for collection " + state.collection.id + " are expired");
  if (!state.folder)
    throw ServiceError(502, "EndpointError", "The collection's storage is not there");
  return *state.folder;
}

FileTarget read_target(const transfer::CollectionRegistry& collections,
                       const HttpRequest& request) {
  std::string_view raw = request.raw_path;
  raw.remove_prefix(std::min(raw.find('/', 1), raw.size()));  // the service's folder
  raw.remove_prefix(std::min<std::size_t>(1, raw.size()));
  const std::string id = percent_decode(raw.substr(0, raw.find('/')));
  auto state = collections.find(id);
  if (!state || !state->access.serves_https())
    throw ServiceError(404, "NotFound", "No collection '" + id + "' has its files here");
  raw.remove_prefix(std::min(raw.find('/'), raw.size()));
  std::string shown = decoded(raw);
  auto path = parsed(shown);
  return {std::move(*state), std::move(shown), std::move(path)};
}

}  // namespace globus_sandbox::https
