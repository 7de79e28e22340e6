// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <iosfwd>
#include <optional>
#include <string>

#include "globus_sdk/core/text.hpp"

namespace globus_sdk::inline v0 {

/// The owner of the Globus Connect Personal of this machine: an id or a username; one of the two is
/// set. Mirrors `globus_sdk.GlobusConnectPersonalOwnerInfo`.
struct GlobusConnectPersonalOwnerInfo {
  /// Reads a line of Globus Connect Personal's gridmap.
  ///
  /// @throws ValidationError when the text is not such a line.
  explicit GlobusConnectPersonalOwnerInfo(Text config_dn);

  /// The owner's username, `user@globusid.org`.
  std::optional<std::string> username{};
  /// The owner's identity, a UUID.
  std::optional<std::string> id{};

  friend std::ostream& operator<<(std::ostream& out, const GlobusConnectPersonalOwnerInfo& info) {
    return info.print(out);
  }

 private:
  std::ostream& print(std::ostream& out) const;
};

}  // namespace globus_sdk::inline v0
