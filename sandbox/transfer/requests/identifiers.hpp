// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace globus_sandbox::transfer {

/// The name that Globus gives to the user of an identity in older documents: `u_` and the id in
/// base 32.
std::string legacy_username(std::string_view identity_id);

}  // namespace globus_sandbox::transfer
