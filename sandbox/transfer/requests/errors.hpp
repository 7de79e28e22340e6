// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <utility>

#include "sandbox/server/service_error.hpp"

namespace globus_sandbox::transfer {

/// A request that says something that Transfer does not understand.
inline ServiceError bad_request(std::string message) {
  return {400, "ClientError.BadRequest", std::move(message)};
}

}  // namespace globus_sandbox::transfer
