// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "globus_sdk/core/language.hpp"

namespace globus_sdk::inline v0::detail {

/// Names and values in order; a name may come more than once.
using NameValuePairs = std::vector<std::pair<std::string, std::string>>;

/// Percent-encodes all but ASCII letters, digits, `_.-~` and the characters of `safe`. It does the
/// same as Python's `urllib.parse.quote`, which is how the services' paths are quoted.
std::string quote(std::string_view text, std::string_view safe = "/");

/// Like `quote` with an empty `safe`, but a space becomes `+`: for one name or value of a form.
std::string quote_plus(std::string_view text);

/// `name=value&name=value`, each quoted: a query or the body of a form.
std::string form_encode(const NameValuePairs& pairs);

/// The reverse of `form_encode`: the names and values in order, with every percent escape and `+`
/// decoded.
NameValuePairs form_decode(std::string_view text);

/// Joins a base URL and a path with exactly one slash; an empty `path` adds nothing.
std::string join_url(std::string_view base, std::string_view path);

/// `url` fit for a message or a log: without user and password, without a fragment, and with the
/// values of those query parameters that can hold a secret replaced by `***`.
std::string redacted_url(std::string_view url);

/// Whether a query or form parameter or a header of this name can hold a secret.
bool is_secret_name(std::string_view name);

/// Whether a member of a JSON document of this name can hold a secret. Names that are secret only
/// in a query, a form or a header (`code`, `state`, `sig`, `jwt`, `key`) do not count.
bool is_secret_member(std::string_view name);

/// Base64 of RFC 4648 with padding, as the Basic scheme uses it.
std::string base64_encode(std::string_view bytes);

/// Base64 in the URL-safe alphabet, without padding, as PKCE and JWT use it.
std::string base64url_encode(std::string_view bytes);

}  // namespace globus_sdk::inline v0::detail
