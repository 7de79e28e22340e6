// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>

#include "globus_sdk/core/language.hpp"

namespace globus_sdk::inline v0 {

/// `10min`, `1.5s` and their like come along with `using namespace globus_sdk;`.
using namespace std::chrono_literals;

}  // namespace globus_sdk::inline v0
