// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "sandbox/server/http.hpp"
#include "sandbox/transfer/collections/collection_registry.hpp"
#include "sandbox/transfer/files/transfer_path.hpp"

namespace globus_sandbox::https {

/// What a request is for: a path of a collection.
struct FileTarget {
  transfer::CollectionState state;
  std::string shown;            ///< the path as it was asked for, decoded
  transfer::TransferPath path;  ///< the same, below the collection's root

  /// The collection's folder. Throws a ServiceError where it cannot be reached.
  const transfer::ConfinedFolder& folder() const;
  /// Whether it cannot be a file: the root, or a path with a slash at its end.
  bool names_folder() const { return path.relative.empty() || path.ends_in_slash; }
};

/// Reads the path of a request, `/https/COLLECTION/PATH`. Throws a ServiceError for a collection
/// that is not there or has no files over HTTPS, and for a path that no collection can have.
FileTarget read_target(const transfer::CollectionRegistry& collections, const HttpRequest& request);

}  // namespace globus_sandbox::https
