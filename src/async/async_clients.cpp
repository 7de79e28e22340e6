// SPDX-License-Identifier: Apache-2.0
#include "async/async_mode.hpp"
#include "auth/id_token_operations.hpp"
#include "globus_sdk/auth/auth_client.hpp"
#include "globus_sdk/auth/confidential_app_auth_client.hpp"
#include "globus_sdk/auth/native_app_auth_client.hpp"
#include "globus_sdk/groups/groups_client.hpp"
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
template class BasicGroupsClient<Async>;
template class BasicTransferClient<Async>;

}  // namespace globus_sdk::inline v0
