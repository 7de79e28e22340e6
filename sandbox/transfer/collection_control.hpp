// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/json/object.hpp>
#include <vector>

#include "sandbox/server/directory.hpp"
#include "sandbox/transfer/collections/collection_registry.hpp"
#include "sandbox/transfer/transfer_service.hpp"

namespace globus_sandbox::transfer {

/// A collection as `/_sandbox/` shows it, with all that it asks of its callers.
boost::json::object control_document(const CollectionState& state);

/// What `/_sandbox/` takes for Transfer: collections, their credentials and consents, the
/// bandwidth.
std::vector<Route<>> collection_control_routes(TransferService& service,
                                               CollectionRegistry& collections,
                                               const Directory& directory);

}  // namespace globus_sandbox::transfer
