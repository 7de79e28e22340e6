// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace globus_sdk::inline v0::detail {

/// The usual text for a status code, `Not Found`; empty when there is none.
std::string_view reason_phrase(int status);

}  // namespace globus_sdk::inline v0::detail
