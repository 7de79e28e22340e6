// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

#include "globus_sdk/authorizers/null_authorizer.hpp"
#include "globus_sdk/local_endpoint/local_globus_connect_personal.hpp"
#include "globus_sdk/local_endpoint/local_globus_connect_server.hpp"
#include "support/recording_server.hpp"
#include "support/scoped_folder.hpp"
#include "support/scoped_variable.hpp"

namespace globus_sdk {
namespace {

using globus_sdk_test::RecordedRequest;
using globus_sdk_test::RecordingServer;
using globus_sdk_test::ScopedFolder;
using globus_sdk_test::ScopedVariable;
using testing::HasSubstr;

const std::string by_name =
    "\"/C=US/O=Globus Consortium/OU=Globus Connect User/CN=azaphod\" local\n";
const std::string by_id =
    "\"/C=US/O=Globus Consortium/OU=Globus Connect User/CN=u_sjkkqkdyavhjbhkjlsnjq3d7xe\" local\n";
const std::string id = "9254a828-7805-4e90-9d49-5c9a986c7fb9";

void write(const std::filesystem::path& file, const std::string& content) {
  std::filesystem::create_directories(file.parent_path());
  std::ofstream(file) << content;
}

class LocalPersonal : public testing::Test {
 protected:
  std::filesystem::path file(const std::string& name) const { return home.path / "c/lta" / name; }
  std::optional<GlobusConnectPersonalOwnerInfo> owner_in(const std::string& gridmap) const {
    write(file("gridmap"), gridmap);
    return personal.get_owner_info();
  }

  ScopedFolder home;
  const LocalGlobusConnectPersonal personal{{.config_dir = (home.path / "c").string()}};
};

TEST_F(LocalPersonal, HasItsFilesBelowTheHomeFolder) {
  const ScopedVariable variable("HOME", "/somewhere/");
  EXPECT_EQ(LocalGlobusConnectPersonal().config_dir(), "/somewhere/.globusonline");
  EXPECT_EQ(personal.config_dir(), home.path.string() + "/c");
}

TEST_F(LocalPersonal, HasAnEndpointWhereItsFileIs) {
  EXPECT_FALSE(personal.endpoint_id());
  write(file("client-id.txt"), " some-id\n");
  EXPECT_EQ(personal.endpoint_id(), "some-id");
  write(file("client-id.txt"), "other-id");
  const auto copy = personal;
  EXPECT_EQ(copy.endpoint_id(), "some-id");
  copy.reset_endpoint_id();
  EXPECT_EQ(personal.endpoint_id(), "other-id");
}

TEST_F(LocalPersonal, HasAnOwnerByNameOrById) {
  EXPECT_FALSE(personal.get_owner_info());
  const auto named = owner_in("# made by hand\n\n" + by_name + by_id);
  ASSERT_TRUE(named);
  EXPECT_EQ(named->username, "azaphod@globusid.org");
  EXPECT_FALSE(named->id);
  const auto known = owner_in(by_id.substr(0, by_id.size() - 1));
  ASSERT_TRUE(known);
  EXPECT_EQ(known->id, id);
  EXPECT_FALSE(known->username);
  std::ostringstream text;
  text << *named << ' ' << *known;
  EXPECT_EQ(text.str(),
            "GlobusConnectPersonalOwnerInfo(username=azaphod@globusid.org) "
            "GlobusConnectPersonalOwnerInfo(id=" +
                id + ")");
}

TEST_F(LocalPersonal, HasNoOwnerWhereNobodyCanTell) {
  const std::string start = by_name.substr(0, by_name.find("azaphod"));
  for (const std::string& gridmap :
       {std::string(), std::string("\n"), std::string("\"/CN=azaphod\" local"), start + "azaphod\"",
        start + "azaphod\" local more", start + "azaphod local", " " + by_name}) {
    EXPECT_FALSE(owner_in(gridmap)) << gridmap;
  }
  EXPECT_THROW(GlobusConnectPersonalOwnerInfo("\"one word\""), ValidationError);
  for (const char* name : {"za\xE9phod", "zaphod\xC3", "\xED\xB3\xA9"}) {
    EXPECT_FALSE(owner_in(start + name + "\" local\n")) << "no UTF-8";
  }
  const auto named = owner_in(start + "za\xC3\xA9phod\" local\n");
  ASSERT_TRUE(named);
  EXPECT_EQ(named->username, "za\xC3\xA9phod@globusid.org");
}

TEST_F(LocalPersonal, FilesThatCannotBeReadAreErrors) {
  std::filesystem::create_directories(file("client-id.txt"));
  std::filesystem::create_directories(file("gridmap"));
  try {
    personal.endpoint_id();
    ADD_FAILURE() << "no exception";
  } catch (const LocalEndpointError& error) {
    EXPECT_EQ(error.filepath(), file("client-id.txt"));
    EXPECT_THAT(error.what(), HasSubstr("client-id.txt: Is a directory"));
  }
  EXPECT_THROW(personal.get_owner_info(), LocalEndpointError);
  write(home.path / "file", "");
  const LocalGlobusConnectPersonal odd({.config_dir = (home.path / "file").string()});
  EXPECT_THROW(odd.endpoint_id(), LocalEndpointError);
}

TEST_F(LocalPersonal, AsksGlobusAuthWhoTheOwnerIs) {
  std::string identities = R"([{"id": "i", "username": "u"}])";
  RecordingServer server([&](const RecordedRequest&) {
    return globus_sdk_test::RecordedAnswer{.body = R"({"identities": )" + identities + "}"};
  });
  ClientOptions options;
  options.base_url = server.url();
  const AuthClient auth_client(NullAuthorizer(), options);
  EXPECT_FALSE(personal.get_owner_info(auth_client));
  EXPECT_TRUE(server.requests().empty());
  write(file("gridmap"), by_name);
  EXPECT_EQ((*personal.get_owner_info(auth_client))["id"], "i");
  write(file("gridmap"), by_id);
  EXPECT_EQ((*personal.get_owner_info(auth_client))["username"], "u");
  identities = "[]";
  EXPECT_FALSE(personal.get_owner_info(auth_client));
  EXPECT_THAT(server.requests().at(0).target, HasSubstr("usernames=azaphod%40globusid.org"));
  EXPECT_THAT(server.requests().at(1).target, HasSubstr("ids=" + id));
}

class LocalServer : public testing::Test {
 protected:
  ScopedFolder folder;
  const std::string path = (folder.path / "info.json").string();
  const LocalGlobusConnectServer server{{.info_path = path}};
};

TEST_F(LocalServer, SaysWhatItsFileSays) {
  EXPECT_EQ(LocalGlobusConnectServer().info_path(), "/var/lib/globus-connect-server/info.json");
  EXPECT_FALSE(server.info_dict());
  EXPECT_FALSE(server.endpoint_id());
  EXPECT_FALSE(server.domain_name());
  write(path, R"({"endpoint_id": "an-id", "domain_name": "abc.data.globus.org", "x": 1})");
  EXPECT_EQ(server.endpoint_id(), "an-id");
  EXPECT_EQ(server.domain_name(), "abc.data.globus.org");
  EXPECT_EQ((*server.info_dict())["x"], 1);

  write(path, R"({"endpoint_id": 7, "domain_name": null})");
  EXPECT_EQ(server.endpoint_id(), "an-id");
  server.reset_info_dict();
  EXPECT_TRUE(server.info_dict());
  EXPECT_FALSE(server.endpoint_id());
  EXPECT_FALSE(server.domain_name());
}

TEST_F(LocalServer, IsNotThereWhereItsFileHoldsNoObject) {
  for (const char* content : {"", "{", "[]", "null", "\"text\"", "\xff\xfe"}) {
    write(path, content);
    EXPECT_FALSE(server.info_dict()) << content;
  }
  const LocalGlobusConnectServer folder_instead({.info_path = folder.path.string()});
  EXPECT_FALSE(folder_instead.info_dict());
  const std::string loop = (folder.path / "loop").string();
  std::filesystem::create_symlink(loop, loop);
  EXPECT_FALSE(LocalGlobusConnectServer({.info_path = loop}).info_dict());
  const LocalGlobusConnectServer below_a_file({.info_path = path + "/info.json"});
  EXPECT_FALSE(below_a_file.info_dict());
}

TEST_F(LocalServer, AFileThatCannotBeReadIsAnError) {
  // a regular file, whoever asks, whose first byte nobody can read
  const LocalGlobusConnectServer unreadable({.info_path = "/proc/self/mem"});
  EXPECT_THROW(unreadable.info_dict(), LocalEndpointError);
  EXPECT_THROW(unreadable.endpoint_id(), LocalEndpointError);
}

}  // namespace
}  // namespace globus_sdk
