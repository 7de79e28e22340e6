// SPDX-License-Identifier: Apache-2.0
#include "globus_sdk/gcs/connector_table.hpp"

#include <gtest/gtest.h>

#include <set>

#include "globus_sdk/core/errors.hpp"

namespace globus_sdk {
namespace {

TEST(ConnectorTable, FindsAConnectorByNameAndById) {
  const ConnectorTable table;
  EXPECT_EQ(table.lookup("Azure Blob"), ConnectorTable::AZURE_BLOB);
  EXPECT_EQ(table.lookup("9436da0c-a444-11eb-af93-12704e0d6a4d"), ConnectorTable::AZURE_BLOB);
  EXPECT_EQ(table.lookup("S3")->connector_id, "7643e831-5f6c-4b47-a07f-8ee90f401d23");
  EXPECT_EQ(table.lookup("a connector of tomorrow"), std::nullopt);
  EXPECT_EQ(table.lookup(""), std::nullopt);
}

TEST(ConnectorTable, TakesNamesAsPeopleWriteThem) {
  const ConnectorTable table;
  for (const char* name : {"Google Drive", "google-drive", "gOOgle_dRiVe", "  google  drive\n",
                           "google_- drive", "976CF0CF-78c3-4aab-82d2-7c16adbcc281"}) {
    EXPECT_EQ(table.lookup(name), ConnectorTable::GOOGLE_DRIVE) << name;
  }
  EXPECT_EQ(table.lookup("googledrive"), std::nullopt);
}

TEST(ConnectorTable, HasEachConnectorOnce) {
  const ConnectorTable table;
  std::set<std::string> names;
  std::set<std::string> ids;
  for (const auto& connector : table.all_connectors()) {
    names.insert(connector.name);
    ids.insert(connector.connector_id);
    EXPECT_EQ(table.lookup(connector.name), connector);
    EXPECT_EQ(table.lookup(connector.connector_id), connector);
  }
  EXPECT_EQ(names.size(), 14U);
  EXPECT_EQ(ids.size(), 14U);
}

TEST(ConnectorTable, IsExtendedByMakingAnotherTable) {
  const ConnectorTable table;
  const ConnectorTable mine =
      table.extend("Star Trek Transporter", "0B19772d-729a-4c8f-93e1-59d5778cecf3");
  EXPECT_EQ(mine.lookup("star-trek-transporter")->name, "Star Trek Transporter");
  EXPECT_EQ(mine.lookup("0b19772d-729a-4c8f-93e1-59d5778cecf3")->name, "Star Trek Transporter");
  EXPECT_EQ(mine.lookup("posix"), ConnectorTable::POSIX);
  EXPECT_EQ(mine.all_connectors().size(), 15U);
  EXPECT_EQ(table.lookup("star-trek-transporter"), std::nullopt);
  EXPECT_EQ(ConnectorTable().extend("a", "b").all_connectors().size(), 15U);
  EXPECT_THROW(static_cast<void>(table.extend("", "b")), GlobusSDKUsageError);
  EXPECT_THROW(static_cast<void>(table.extend("a", "")), GlobusSDKUsageError);
}

}  // namespace
}  // namespace globus_sdk
