// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>

#include "globus_sdk/core/language.hpp"

namespace globus_sdk::inline v0 {

/// `using namespace globus_sdk;` also brings the literals of time: `10min`, `1.5s` and so on.
using namespace std::chrono_literals;

}  // namespace globus_sdk::inline v0
