// SPDX-License-Identifier: Apache-2.0
#include "core/http/server_address.hpp"

#include "core/http/url.hpp"
#include "globus_sdk/core/globus_error.hpp"

namespace globus_sdk::inline v0::detail {

std::string server_url(std::string_view parameter, std::string_view address) {
  const std::string name(parameter);
  if (address.empty()) throw GlobusSDKUsageError(name + " must not be empty");
  const bool has_scheme = address.find("://") != std::string_view::npos;
  std::string text = (has_scheme ? "" : "https://") + std::string(address);
  const Url url(text);
  if (!url.valid() || url.host().empty() || text.find(":///") != std::string::npos ||
      url.has_user() || url.has_query_or_fragment()) {
    throw GlobusSDKUsageError(
        name + " must be the name of a host or an https URL, without user, query and fragment");
  }
  if (url.scheme() != "https" && !(url.scheme() == "http" && url.is_loopback())) {
    throw GlobusSDKUsageError(name + " must begin with https://, or be the name of a host");
  }
  return text;
}

}  // namespace globus_sdk::inline v0::detail
