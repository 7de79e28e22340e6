// SPDX-License-Identifier: Apache-2.0
#include "globus_sdk/gcs/connector_table.hpp"

#include <algorithm>
#include <string_view>

#include "core/base/ascii.hpp"
#include "globus_sdk/core/request.hpp"

namespace globus_sdk::inline v0 {

namespace {

/// A name or an id as it is looked up: in lower case, and with `-` for any run of spaces, `-` and
/// `_`.
std::string normalized(std::string_view name) {
  std::string normal;
  for (const char c : detail::ascii_trimmed(name)) {
    const bool separates = c == ' ' || c == '-' || c == '_';
    if (separates && normal.ends_with('-')) continue;
    normal += separates ? '-' : detail::ascii_lower(c);
  }
  return normal;
}

}  // namespace

ConnectorTable::ConnectorTable()
    : connectors_{ACTIVESCALE, AZURE_BLOB,           BLACKPEARL,   BOX,  CEPH,
                  DROPBOX,     GOOGLE_CLOUD_STORAGE, GOOGLE_DRIVE, HPSS, IRODS,
                  POSIX,       POSIX_STAGING,        ONEDRIVE,     S3} {}

std::optional<GlobusConnectServerConnector> ConnectorTable::lookup(Text name_or_id) const {
  const std::string wanted = normalized(name_or_id);
  const auto found =
      std::ranges::find_if(connectors_, [&wanted](const GlobusConnectServerConnector& connector) {
        return normalized(connector.name) == wanted || normalized(connector.connector_id) == wanted;
      });
  if (found == connectors_.end()) return std::nullopt;
  return *found;
}

ConnectorTable ConnectorTable::extend(Text connector_name, Text connector_id) const {
  ConnectorTable extended = *this;
  extended.connectors_.push_back({detail::require("connector_name", connector_name).str(),
                                  detail::require("connector_id", connector_id).str()});
  return extended;
}

}  // namespace globus_sdk::inline v0
