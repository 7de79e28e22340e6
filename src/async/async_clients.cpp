// SPDX-License-Identifier: Apache-2.0
#include "async/async_mode.hpp"
#include "auth/id_token_operations.hpp"
#include "collections/collection_operations.hpp"
#include "collections/download_operations.hpp"
#include "collections/tree_operations.hpp"
#include "collections/upload_operations.hpp"
#include "gcs/gcs_operations.hpp"
#include "globus_sdk/auth/auth_client.hpp"
#include "globus_sdk/auth/confidential_app_auth_client.hpp"
#include "globus_sdk/auth/native_app_auth_client.hpp"
#include "globus_sdk/collections/gcs_collection_client.hpp"
#include "globus_sdk/compute/compute_client_v2.hpp"
#include "globus_sdk/compute/compute_client_v3.hpp"
#include "globus_sdk/flows/flows_client.hpp"
#include "globus_sdk/flows/specific_flow_client.hpp"
#include "globus_sdk/groups/groups_client.hpp"
#include "globus_sdk/groups/groups_manager.hpp"
#include "globus_sdk/search/search_client.hpp"
#include "globus_sdk/timers/timers_client.hpp"
#include "globus_sdk/transfer/transfer_client_v2.hpp"
#include "transfer/transfer_operations.hpp"

// The asynchronous clients, once for all programs. A program that uses them instantiates nothing
// but what it calls inline.
namespace globus_sdk::inline v0 {

template class BasicAuthClient<Async>;
template class BasicAuthLoginClient<BasicConfidentialAppAuthClient, Async>;
template class BasicAuthLoginClient<BasicNativeAppAuthClient, Async>;
template class BasicConfidentialAppAuthClient<Async>;
template class BasicNativeAppAuthClient<Async>;
template class BasicIDTokenDecoder<Async>;
template class BasicComputeClientV2<Async>;
template class BasicComputeClientV3<Async>;
template class BasicFlowsClient<Async>;
template class BasicGCSClient<Async>;
template class BasicGCSCollectionClient<Async>;
template class BasicGroupsClient<Async>;
template class BasicGroupsManager<Async>;
template class BasicSearchClient<Async>;
template class BasicSpecificFlowClient<Async>;
template class BasicTimersClient<Async>;
template class BasicTransferClient<Async>;
template class BasicTransferClientV2<Async>;

}  // namespace globus_sdk::inline v0
