// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "globus_sdk/core/payload.hpp"
#include "globus_sdk/core/text.hpp"

namespace globus_sdk::inline v0::detail {

/// The document of a new tunnel, as both versions of the API take it.
///
/// @throws GlobusSDKUsageError for an empty id.
Json new_tunnel(Text initiator_stream_access_point, Text listener_stream_access_point,
                const Payload& attributes);

/// The document `{"data": ...}` of a tunnel.
///
/// @param data the members besides `type`.
Json tunnel_resource(Payload data);

}  // namespace globus_sdk::inline v0::detail
