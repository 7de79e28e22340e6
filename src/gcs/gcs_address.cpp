// SPDX-License-Identifier: Apache-2.0
// The base URL of a client out of the address of its endpoint.
#include <string>
#include <string_view>

#include "core/http/url.hpp"
#include "globus_sdk/core/errors.hpp"
#include "globus_sdk/gcs/gcs_client.hpp"

namespace globus_sdk::inline v0::detail {

namespace {

/// A URL with the folder of the API at its end.
std::string with_api(std::string url) {
  if (url.ends_with("/api/") || url.ends_with("/api")) return url;
  return url + (url.ends_with('/') ? "api/" : "/api/");
}

/// The URL of an endpoint's API. A host alone has `https`.
std::string api_url(Text gcs_address) {
  const std::string address = require("gcs_address", gcs_address).str();
  std::string text = address.find("://") == std::string::npos ? "https://" + address : address;
  const Url url(text);
  if (!url.valid() || url.host().empty() || text.find(":///") != std::string::npos ||
      url.has_user() || url.has_query_or_fragment()) {
    throw GlobusSDKUsageError(
        "gcs_address must be the name of a host or an https URL, without user, query and fragment");
  }
  // this machine may be reached over http, as everywhere in the SDK
  if (url.scheme() != "https" && !(url.scheme() == "http" && url.is_loopback())) {
    throw GlobusSDKUsageError("gcs_address must begin with https://, or be the name of a host");
  }
  return with_api(std::move(text));
}

}  // namespace

ClientOptions at_gcs_address(Text gcs_address, ClientOptions options) {
  std::string url = api_url(gcs_address);
  options.base_url = options.base_url ? with_api(*options.base_url) : std::move(url);
  return options;
}

}  // namespace globus_sdk::inline v0::detail
