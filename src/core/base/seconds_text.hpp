// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <string>

namespace globus_sdk::inline v0::detail {

/// A duration in seconds, as short as it can be written: `60`, or `0.25`.
std::string seconds_text(std::chrono::milliseconds duration);

}  // namespace globus_sdk::inline v0::detail
