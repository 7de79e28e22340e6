// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "support/raw_http.hpp"

namespace globus_sdk_test {

/// What stands in a text after `begin` and before the next character of `ends`; empty without
/// `begin`.
inline std::string between(const std::string& text, std::string_view begin, std::string_view ends) {
  const std::size_t found = text.find(begin);
  if (found == std::string::npos) return {};
  const std::size_t first = found + begin.size();
  return text.substr(first, text.find_first_of(ends, first) - first);
}

/// What a browser does for a user: opens the authorize URL of a sandbox that consents by itself,
/// and is sent on with a code. Empty when it is not. It does not look at the certificate, which
/// nobody but the sandbox' clients has reason to trust.
inline std::string code_from(const std::string& authorize_url) {
  raw_http::Request request;
  request.url = authorize_url;
  request.verify = false;
  return between(raw_http::Client().send(request).header("location"), "code=", "&");
}

}  // namespace globus_sdk_test
