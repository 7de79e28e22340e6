// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace globus_sdk::inline v0::detail {

/// `text` fit for one line of a log: what comes from elsewhere may hold anything, and be as long as
/// it likes.
std::string one_line(std::string text);

}  // namespace globus_sdk::inline v0::detail
