// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace globus_sdk::inline v0::detail {

/// Names and values in order; a name may come more than once.
using NameValuePairs = std::vector<std::pair<std::string, std::string>>;

/// Percent-encodes all but ASCII letters, digits, `_.-~` and the characters of `safe`. It does the
/// same as Python's `urllib.parse.quote`, which is how the services' paths are quoted.
std::string quote(std::string_view text, std::string_view safe = "/");

/// Like `quote` with an empty `safe`, but a space becomes `+`: for one name or value of a form.
std::string quote_plus(std::string_view text);

/// The reverse of `quote_plus`.
std::string unquote_plus(std::string_view text);

/// `name=value&name=value`, each quoted: a query or the body of a form.
std::string form_encode(const NameValuePairs& pairs);

/// The reverse of `form_encode`: the names and values in order, with every percent escape and `+`
/// decoded.
NameValuePairs form_decode(std::string_view text);

/// Joins a base URL and a path with exactly one slash; an empty `path` adds nothing.
std::string join_url(std::string_view base, std::string_view path);

}  // namespace globus_sdk::inline v0::detail
