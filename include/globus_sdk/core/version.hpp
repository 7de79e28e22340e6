// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "globus_sdk/core/language.hpp"

namespace globus_sdk::inline v0 {

/// Version of this SDK, as `User-Agent` and `X-Globus-Client-Info` carry it.
inline constexpr const char* version = "0.1.0";

}  // namespace globus_sdk::inline v0
