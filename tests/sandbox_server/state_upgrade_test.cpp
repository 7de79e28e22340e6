// SPDX-License-Identifier: Apache-2.0
// A state file that was made before users could be linked, sessions were clients', and collections
// asked for anything.

#include "sandbox/base/database.hpp"
#include "sandbox_server/auth_fixture.hpp"
#include "support/scoped_folder.hpp"

namespace {

class StateUpgrade : public AuthFixture {
 protected:
  void SetUp() override {
    options.state = folder.path / "state.db";
    start(options);
  }
  void TearDown() override { sandbox.reset(); }
  void take_new_columns_away() const {
    globus_sandbox::Database database(options.state.string());
    database.script(
        "DROP INDEX sessions_by_browser;"
        "ALTER TABLE sessions DROP COLUMN client;"
        "ALTER TABLE sessions DROP COLUMN browser;"
        "DROP TABLE authentications;"
        "ALTER TABLE identities DROP COLUMN identity_set;"
        "ALTER TABLE identities DROP COLUMN multi_factor;"
        "ALTER TABLE transfer_collections DROP COLUMN access;");
  }

  globus_sdk_test::ScopedFolder folder;
  globus_sandbox::SandboxOptions options;
};

TEST_F(StateUpgrade, IsGoneOnWith) {
  const std::string token = exchange_app_code(app_code("openid profile")).text("access_token");
  const std::string source = value("COLLECTION_SOURCE");
  sandbox.reset();
  take_new_columns_away();
  start(options);
  EXPECT_EQ(value("COLLECTION_SOURCE"), source);
  EXPECT_EQ(http.get_as(value("TRANSFER_TOKEN"), transfer("/v0.10/endpoint/" + source))
                .text("entity_type"),
            "GCP_mapped_collection");
  const auto who = http.get_as(token, auth("/v2/oauth2/userinfo"));
  EXPECT_EQ(who.text("preferred_username"), value("USERNAME"));
  const auto introspected =
      post_as_app("/v2/oauth2/token/introspect", {{"token", token}, {"include", "session_info"}});
  const auto document = introspected.json();
  EXPECT_TRUE(document.at("session_info").at("authentications").as_object().empty())
      << "nobody knows any more who proved what";
  EXPECT_NE(app_code("openid"), "") << "a login works as ever";
}

}  // namespace
