// SPDX-License-Identifier: Apache-2.0
#include "globus_sdk/collections/gcs_collection_client.hpp"

#include "collections/collection_operations.hpp"
#include "collections/download_operations.hpp"
#include "collections/remote_file_open.hpp"
#include "collections/tree_operations.hpp"
#include "collections/upload_operations.hpp"
#include "core/call/blocking_mode.hpp"

namespace globus_sdk::inline v0 {

template class BasicGCSCollectionClient<Blocking>;

}  // namespace globus_sdk::inline v0
