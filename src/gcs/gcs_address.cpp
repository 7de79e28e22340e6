// SPDX-License-Identifier: Apache-2.0
// The base URL of a client out of the address of its endpoint.
#include <string>
#include <string_view>

#include "core/http/server_address.hpp"
#include "globus_sdk/gcs/gcs_client.hpp"

namespace globus_sdk::inline v0::detail {

namespace {

/// A URL with the folder of the API at its end.
std::string with_api(std::string url) {
  if (url.ends_with("/api/") || url.ends_with("/api")) return url;
  return url + (url.ends_with('/') ? "api/" : "/api/");
}

}  // namespace

ClientOptions at_gcs_address(Text gcs_address, ClientOptions options) {
  std::string url = with_api(server_url("gcs_address", gcs_address));
  options.base_url = options.base_url ? with_api(*options.base_url) : std::move(url);
  return options;
}

}  // namespace globus_sdk::inline v0::detail
