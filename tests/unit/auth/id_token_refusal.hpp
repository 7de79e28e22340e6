// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "globus_sdk/auth/id_token_error.hpp"

namespace globus_sdk_test {

/// For which fault something is refused; nothing when it is not.
template <class Try> std::optional<globus_sdk::IDTokenFault> refusal(Try&& attempt) {
  try {
    attempt();
    return std::nullopt;
  } catch (const globus_sdk::IDTokenError& error) {
    return error.fault();
  }
}

}  // namespace globus_sdk_test
