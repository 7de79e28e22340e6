// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "sandbox/server/http.hpp"

namespace globus_sandbox::auth {

/// The words of a list in the query, with commas or spaces between them; none where it is missing.
std::vector<std::string> query_words(const HttpRequest& request, std::string_view name);

}  // namespace globus_sandbox::auth
