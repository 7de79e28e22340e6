// SPDX-License-Identifier: Apache-2.0
#include "globus_sdk/flows/run.hpp"

namespace globus_sdk::inline v0 {

Run::Run(const JsonView& data) : document(detail::require_object(data)) {}
Run::Run(const GlobusHTTPResponse& response) : Run(response.data()) {}

}  // namespace globus_sdk::inline v0
