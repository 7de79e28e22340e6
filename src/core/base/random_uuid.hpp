// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace globus_sdk::inline v0::detail {

/// A UUID of random bits (RFC 9562, version 4).
///
/// @throws GlobusError when there are no random numbers.
std::string random_uuid();

}  // namespace globus_sdk::inline v0::detail
