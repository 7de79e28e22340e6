// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace globus_sdk::inline v0::detail {

/// `url` fit for a message or a log: without user and password, without a fragment, and with the
/// values of those query parameters that can hold a secret replaced by `***`.
std::string redacted_url(std::string_view url);

/// Whether a query or form parameter or a header of this name can hold a secret.
bool is_secret_name(std::string_view name);

/// Whether a member of a JSON document of this name can hold a secret. Names that are secret only
/// in a query, a form or a header (`code`, `state`, `sig`, `jwt`, `key`) do not count.
bool is_secret_member(std::string_view name);

}  // namespace globus_sdk::inline v0::detail
