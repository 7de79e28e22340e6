// SPDX-License-Identifier: Apache-2.0
#include "globus_sdk/auth/id_token_error.hpp"

namespace globus_sdk::inline v0 {

IDTokenError::IDTokenError(IDTokenFault fault, const std::string& message)
    : GlobusError("the id token is refused: " + message), fault_(fault) {}

IDTokenError::~IDTokenError() = default;

}  // namespace globus_sdk::inline v0
