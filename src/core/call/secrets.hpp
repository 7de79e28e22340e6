// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "core/base/redacted_url.hpp"
#include "globus_sdk/core/answer.hpp"
#include "globus_sdk/core/errors.hpp"  // mask_secrets
#include "globus_sdk/core/json.hpp"

namespace globus_sdk::inline v0::detail {

/// What of a request must never stand in a message, go over a network in plain text, or follow a
/// redirect.
using Secrets = std::vector<std::string>;

/// Keeps the values of the pairs whose name can hold a secret: of a form, a query, or headers.
template <class Pairs> void add_secrets(Secrets& secrets, const Pairs& pairs) {
  for (const auto& [name, value] : pairs) {
    if (!value.empty() && is_secret_name(name)) secrets.push_back(value);
  }
}

/// Keeps every string that is the value of a member whose name can hold a secret, or a part of such
/// a value.
void add_secrets(Secrets& secrets, const Json& document);

/// Keeps the secrets of a text that is a document or a form: some callers write these themselves.
void add_secrets_of_text(Secrets& secrets, const std::string& text);

/// Overwrites what of secrets an answer holds, which nothing refers to any more.
void wipe_secrets(Answer& answer) noexcept;

}  // namespace globus_sdk::inline v0::detail
