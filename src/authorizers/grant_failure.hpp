// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "globus_sdk/authorizers/errors.hpp"
#include "globus_sdk/core/errors.hpp"

namespace globus_sdk::inline v0::detail {

/// Whether Globus Auth refuses a refresh token: only a new login helps.
bool is_refusal(const GlobusError& error);

/// Whether the server was in trouble, the connection broke, or the answer could not be read, while
/// a refresh token was redeemed, so that it is unknown whether the token was used. Failures that
/// the retry policy repeats by itself do not count.
bool is_unclear(const GlobusError& error);

/// Waits as long as before a first retry.
void pause_before_repeat();

/// The text of an error for a service that refuses a token, after it has refused the token before.
///
/// @param how how the new token came, as "it was renewed".
/// @param again what would bring the next one, as "renewal".
std::string fresh_token_is_refused(const std::string& how, const std::string& again);

/// The error for code that needed a refresh token which was refused.
///
/// @param whose what the token is for, as "the refresh token for transfer.api.globus.org".
LoginRequiredError login_required(const std::string& whose);

}  // namespace globus_sdk::inline v0::detail
