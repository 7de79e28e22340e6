// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "core/http/url.hpp"

namespace globus_sdk::inline v0::detail {

/// The base URL of a service, and what matters of it.
struct BaseURL {
  std::string text{};
  Destination destination{};
};

/// Reads the base URL of a service.
///
/// @throws GlobusSDKUsageError when it is no http or https URL, or has parts that it may not have.
BaseURL read_base_url(const std::string& url);

}  // namespace globus_sdk::inline v0::detail
