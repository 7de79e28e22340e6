// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <curl/curl.h>

#include <optional>
#include <string>
#include <string_view>

namespace globus_sdk::inline v0::detail {

/// Why a server's certificate was refused and what can be done about it; nothing when the transfer
/// failed for another reason.
///
/// @param error_text what libcurl said.
std::optional<std::string> certificate_failure(CURLcode code, std::string_view error_text);

}  // namespace globus_sdk::inline v0::detail
