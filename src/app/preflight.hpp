// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>

#include "app/app_state.hpp"
#include "globus_sdk/app/preflight.hpp"
#include "globus_sdk/core/strings.hpp"

namespace globus_sdk::inline v0::detail {

/// Looks for everything that a job would lack. Logs nobody in.
PreflightReport preflight(const AppState& app, const Strings& collections,
                          std::chrono::seconds horizon);

}  // namespace globus_sdk::inline v0::detail
