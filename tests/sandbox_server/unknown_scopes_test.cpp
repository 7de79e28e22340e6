// SPDX-License-Identifier: Apache-2.0
// A scope that there is none of is refused, whoever's it is said to be.
#include "sandbox_server/auth_fixture.hpp"

using UnknownScopes = AuthFixture;
using raw_http::Answer;

TEST_F(UnknownScopes, AreRefusedWhoseverTheyAre) {
  const std::string nobody = "5f2f1ab0-7ab4-4b0d-9f0b-5d9ac0a1d2a3";
  for (const std::string& scope :
       {std::string("urn:globus:auth:scope:auth.globus.org:no_such"),
        std::string("urn:globus:auth:scope:transfer.api.globus.org:gateway"),
        std::string("urn:globus:auth:scope:groups.api.globus.org:no_such"),
        std::string("urn:globus:auth:scope:a:b"),
        "https://auth.globus.org/scopes/" + nobody + "/all",
        "https://auth.globus.org/scopes/" + nobody + "/data_access",
        "https://auth.globus.org/scopes/" + value("CLIENT_ID") + "/no_such",
        "https://auth.globus.org/scopes/" + value("COLLECTION_SOURCE") + "/no_such",
        std::string(transfer_scope) + "[*https://auth.globus.org/scopes/" + nobody +
            "/data_access]"}) {
    const Answer page = ask(app_request(scope));
    EXPECT_EQ(page.status, 400) << scope;
    EXPECT_NE(page.body.find("UNKNOWN_SCOPE_ERROR"), std::string::npos) << scope;
    expect_oauth_error(token({{"grant_type", "client_credentials"}, {"scope", scope}}), 400,
                       "invalid_scope");
  }
}

TEST_F(UnknownScopes, ThoseOfServicesThatAreNotThereAreKnown) {
  for (const std::string& scope :
       {std::string("openid profile email offline_access"), std::string(transfer_scope),
        std::string("urn:globus:auth:scope:auth.globus.org:manage_projects"),
        std::string("urn:globus:auth:scope:groups.api.globus.org:view_my_groups_and_memberships"),
        std::string("urn:globus:auth:scope:search.api.globus.org:all"),
        std::string("https://auth.globus.org/scopes/eec9b274-0c81-4334-bdc2-54e90e689b9a/run"),
        std::string("https://auth.globus.org/scopes/524230d7-ea86-4a52-8312-86065a9e0417/timer"),
        std::string("https://auth.globus.org/scopes/facd7ccc-c5f4-42aa-916b-a0e270e2c2a9/all"),
        "https://auth.globus.org/scopes/" + value("CLIENT_ID") + "/all"})
    EXPECT_EQ(ask(app_request(scope)).status, 200) << scope;
}
