// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>

#include "sandbox/server/http.hpp"

namespace globus_sandbox::auth {

/// The secret that a browser showed us by its cookie; nothing from one that has none.
std::optional<std::string> browser_secret(const HttpRequest& request);

/// Has the browser keep a secret, or forget the one that it has when it is empty.
void set_browser_secret(HttpResponse& response, const std::string& secret);

}  // namespace globus_sandbox::auth
