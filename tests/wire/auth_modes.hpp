// SPDX-License-Identifier: Apache-2.0
#pragma once

// Auth's clients and the decoder of id tokens in every mode: what takes more than one step is
// compiled here for Simulated alone, and is the library's for the others.

#include "auth/id_token_operations.hpp"
#include "globus_sdk/async.hpp"
#include "support/simulated_mode.hpp"

namespace globus_sdk::inline v0 {

template <class Mode> class BasicConfidentialAppAuthClient;
template <class Mode> class BasicNativeAppAuthClient;

extern template class BasicAuthClient<Async>;
extern template class BasicAuthLoginClient<BasicConfidentialAppAuthClient, Async>;
extern template class BasicAuthLoginClient<BasicNativeAppAuthClient, Async>;
extern template class BasicIDTokenDecoder<Async>;

}  // namespace globus_sdk::inline v0
