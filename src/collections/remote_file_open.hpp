// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "globus_sdk/collections/gcs_collection_client.hpp"

namespace globus_sdk::inline v0 {

namespace detail {

/// Opens a file of a collection. The request that tells its size brings its first block along.
RemoteFile open_remote_file(const Connection& connection, Text path,
                            const OpenFileOptions& options);

}  // namespace detail

template <class Mode>
RemoteFile BasicGCSCollectionClient<Mode>::open(Text path, Options<OpenFileOptions> options) const
  requires std::same_as<Mode, Blocking>
{
  return detail::open_remote_file(this->connection_, path, options);
}

}  // namespace globus_sdk::inline v0
