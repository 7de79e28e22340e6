// SPDX-License-Identifier: Apache-2.0
// The example of a server with many users, and the metrics that it writes.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <globus_sdk/globus_sdk.hpp>
#include <string>

#include "sandbox/sandbox.hpp"
#include "support/over_tls.hpp"
#include "support/program.hpp"
#include "support/scoped_folder.hpp"

namespace {

using globus_sdk_test::for_this_run;
using testing::EndsWith;
using testing::HasSubstr;

TEST(TokenPoolExample, ServesEachUserAndWritesOpenMetrics) {
  const globus_sandbox::Sandbox sandbox{for_this_run({.rotate_refresh_tokens = true})};
  const globus_sdk_test::ScopedFolder folder;
  const std::string store = (folder.path / "tokens.db").string();
  const globus_sdk::SQLiteTokenStorage storage{store};
  globus_sdk::TokenStorageData data;
  data.resource_server = globus_sdk::TransferScopes.resource_server;
  data.scope = "urn:globus:auth:scope:transfer.api.globus.org:all";
  data.access_token = "expired";
  data.refresh_token = sandbox.value("TRANSFER_REFRESH_TOKEN");
  data.expires_at_seconds = 1;
  storage.in_namespace("ada")->store_token_data_by_resource_server({{data.resource_server, data}});
  data.refresh_token = "a-refresh-token-of-nobody";
  storage.in_namespace("bob")->store_token_data_by_resource_server({{data.resource_server, data}});

  programs::Program program({std::string(GLOBUS_SDK_EXAMPLES_DIR) + "/token_pool", store},
                            sandbox.environment());
  EXPECT_EQ(program.finish(), 0) << program.output();
  EXPECT_THAT(program.output(), HasSubstr("ada: 0 tasks\n"));
  EXPECT_THAT(program.output(), HasSubstr("bob: has to log in again\n"));
  EXPECT_THAT(program.output(), HasSubstr("globus_token_renewals_total{outcome=\"renewed\"} 1\n"));
  EXPECT_THAT(program.output(),
              HasSubstr("globus_token_renewals_total{outcome=\"login_required\"} 1\n"));
  EXPECT_THAT(program.output(), EndsWith("# EOF\n"));
}

}  // namespace
