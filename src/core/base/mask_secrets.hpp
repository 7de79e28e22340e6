// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

namespace globus_sdk::inline v0::detail {

/// `text` with every one of `secrets`, also in its URL-encoded form, replaced by `***`.
std::string mask_secrets(std::string text, const std::vector<std::string>& secrets);

}  // namespace globus_sdk::inline v0::detail
