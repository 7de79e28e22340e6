// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace globus_sdk::inline v0::detail {

/// `text` as it can stand in HTML, in an attribute too.
std::string escape_html(std::string_view text);

/// The page that a user is shown: `html_template` with `$login_result` and `$post_login_message`
/// replaced; the SDK's own where it is empty. Both texts are escaped.
std::string login_page(std::string_view html_template, std::string_view login_result,
                       std::string_view post_login_message);

}  // namespace globus_sdk::inline v0::detail
