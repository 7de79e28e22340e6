// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace globus_sdk::inline v0::detail {

/// The `sub` that an id token claims. The signature is not looked at: the token has just come from
/// Globus Auth over TLS, and what is stored of it serves to tell one user's tokens from another's.
///
/// @throws ValidationError, which holds nothing of the token, when it cannot be read.
std::string id_token_subject(std::string_view id_token);

}  // namespace globus_sdk::inline v0::detail
