// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sandbox/server/http.hpp"

namespace globus_sandbox::https {

/// The value of a header that is a list; what was sent in several lines is one list (RFC 9110,
/// 5.3). Nothing where the request has no such header.
/// @param name in lower case
std::optional<std::string> list_header(const HttpRequest& request, std::string_view name);

/// The elements of a list, without the blanks around them and without empty ones. A comma between
/// quotes is a part of its element.
std::vector<std::string_view> list_elements(std::string_view text);

}  // namespace globus_sandbox::https
