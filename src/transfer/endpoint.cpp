// SPDX-License-Identifier: Apache-2.0
#include "globus_sdk/transfer/endpoint.hpp"

namespace globus_sdk::inline v0 {

Endpoint::Endpoint(const JsonView& data) : document(detail::require_object(data)) {}
Endpoint::Endpoint(const GlobusHTTPResponse& response) : Endpoint(response.data()) {}

}  // namespace globus_sdk::inline v0
