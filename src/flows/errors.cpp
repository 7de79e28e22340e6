// SPDX-License-Identifier: Apache-2.0
#include "globus_sdk/flows/errors.hpp"

namespace globus_sdk::inline v0 {

FlowsAPIError::~FlowsAPIError() = default;

std::string FlowsAPIError::debug_id() const {
  const auto document = raw_json();
  const auto id = document ? document->get("debug_id") : std::nullopt;
  return id && id->is_string() ? id->as<std::string>() : std::string();
}

}  // namespace globus_sdk::inline v0
