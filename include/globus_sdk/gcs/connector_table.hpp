// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "globus_sdk/core/export.hpp"
#include "globus_sdk/core/text.hpp"

namespace globus_sdk::inline v0 {

/// What connects Globus Connect Server to one kind of storage. Mirrors
/// `globus_sdk.GlobusConnectServerConnector`.
struct GlobusConnectServerConnector {
  /// Its name, `Azure Blob` for example.
  std::string name{};
  /// Its id, a UUID: the `connector_id` of a storage gateway.
  std::string connector_id{};

  friend bool operator==(const GlobusConnectServerConnector&,
                         const GlobusConnectServerConnector&) = default;
};

/// A connector that is known when the program is compiled.
struct KnownConnector {
  /// Its name.
  StaticText name;
  /// Its id, a UUID.
  StaticText connector_id;

  // NOLINTNEXTLINE(google-explicit-constructor): a constant is a connector
  operator GlobusConnectServerConnector() const { return {name, connector_id}; }
};

/// The connectors of Globus Connect Server, by name and by id. A table is a value, and never
/// changes: extend() makes another one. Mirrors `globus_sdk.ConnectorTable`.
///
///     ConnectorTable().lookup(gateway["connector_id"])->name
///     ConnectorTable::POSIX.connector_id
class ConnectorTable {
 public:
  /// Quantum ActiveScale.
  static constexpr KnownConnector ACTIVESCALE{StaticText("ActiveScale"),
                                              StaticText("7251f6c8-93c9-11eb-95ba-12704e0d6a4d")};
  /// Azure Blob storage.
  static constexpr KnownConnector AZURE_BLOB{StaticText("Azure Blob"),
                                             StaticText("9436da0c-a444-11eb-af93-12704e0d6a4d")};
  /// Spectra Logic BlackPearl.
  static constexpr KnownConnector BLACKPEARL{StaticText("BlackPearl"),
                                             StaticText("7e3f3f5e-350c-4717-891a-2f451c24b0d4")};
  /// Box.
  static constexpr KnownConnector BOX{StaticText("Box"),
                                      StaticText("7c100eae-40fe-11e9-95a3-9cb6d0d9fd63")};
  /// Ceph.
  static constexpr KnownConnector CEPH{StaticText("Ceph"),
                                       StaticText("1b6374b0-f6a4-4cf7-a26f-f262d9c6ca72")};
  /// Dropbox.
  static constexpr KnownConnector DROPBOX{StaticText("Dropbox"),
                                          StaticText("49b00fd6-63f1-48ae-b27f-d8af4589f876")};
  /// Google Cloud Storage.
  static constexpr KnownConnector GOOGLE_CLOUD_STORAGE{
      StaticText("Google Cloud Storage"), StaticText("56366b96-ac98-11e9-abac-9cb6d0d9fd63")};
  /// Google Drive.
  static constexpr KnownConnector GOOGLE_DRIVE{StaticText("Google Drive"),
                                               StaticText("976cf0cf-78c3-4aab-82d2-7c16adbcc281")};
  /// HPSS.
  static constexpr KnownConnector HPSS{StaticText("HPSS"),
                                       StaticText("fb656a17-0f69-4e59-95ff-d0a62ca7bdf5")};
  /// iRODS.
  static constexpr KnownConnector IRODS{StaticText("iRODS"),
                                        StaticText("e47b6920-ff57-11ea-8aaa-000c297ab3c2")};
  /// POSIX file systems.
  static constexpr KnownConnector POSIX{StaticText("POSIX"),
                                        StaticText("145812c8-decc-41f1-83cf-bb2a85a2a70b")};
  /// POSIX file systems whose files are staged first.
  static constexpr KnownConnector POSIX_STAGING{StaticText("POSIX Staging"),
                                                StaticText("052be037-7dda-4d20-b163-3077314dc3e6")};
  /// OneDrive.
  static constexpr KnownConnector ONEDRIVE{StaticText("OneDrive"),
                                           StaticText("28ef55da-1f97-11eb-bdfd-12704e0d6a4d")};
  /// S3, of Amazon or others.
  static constexpr KnownConnector S3{StaticText("S3"),
                                     StaticText("7643e831-5f6c-4b47-a07f-8ee90f401d23")};

  /// The table of the connectors above.
  ConnectorTable();

  /// All connectors of the table.
  const std::vector<GlobusConnectServerConnector>& all_connectors() const& noexcept
      GLOBUS_SDK_LIFETIMEBOUND {
    return connectors_;
  }
  /// The same for a temporary object.
  std::vector<GlobusConnectServerConnector> all_connectors() && { return std::move(connectors_); }

  /// The connector of that name or id; nothing for an unknown one.
  ///
  /// @param name_or_id capitals do not matter, and neither does the difference between spaces, `-`
  ///   and `_`: `Google Drive` is `google-drive`.
  std::optional<GlobusConnectServerConnector> lookup(Text name_or_id) const;

  /// A table with one more connector.
  ///
  /// @param connector_name what lookup() finds it by.
  /// @param connector_id a UUID.
  /// @throws GlobusSDKUsageError when one of them is empty.
  ConnectorTable extend(Text connector_name, Text connector_id) const;

 private:
  std::vector<GlobusConnectServerConnector> connectors_;
};

}  // namespace globus_sdk::inline v0
