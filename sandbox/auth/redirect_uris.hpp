// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "sandbox/auth/clients.hpp"
#include "sandbox/server/http.hpp"

namespace globus_sandbox::auth {

/// Whether a redirect URI is the page that shows the code: Globus' own, or the sandbox's.
bool is_code_page(std::string_view redirect_uri, std::string_view base_url);

/// Whether a code may be sent there: to the page that shows it, to a URI that is registered for the
/// client, or to any port of this machine, where native applications listen.
bool may_redirect_to(const Client& client, std::string_view redirect_uri,
                     std::string_view base_url);

/// A URI with parameters added to its query.
std::string with_parameters(std::string_view uri, const std::vector<NamedValue>& parameters);

}  // namespace globus_sandbox::auth
