// SPDX-License-Identifier: Apache-2.0
#include "globus_sdk/search/search_client.hpp"

#include "core/call/blocking_mode.hpp"

namespace globus_sdk::inline v0 {

template class BasicSearchClient<Blocking>;

}  // namespace globus_sdk::inline v0
