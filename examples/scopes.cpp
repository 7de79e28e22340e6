// SPDX-License-Identifier: Apache-2.0
// Scopes
//
// Which scopes a program asks for, in one login, that transfers from a mapped collection, and how
// it finds out later that it need not ask again.
//! [program]
#include <cstdlib>
#include <globus_sdk/globus_sdk.hpp>
#include <iostream>
using namespace globus_sdk;

int main() try {
  const char* client_id = std::getenv("GLOBUS_SANDBOX_NATIVE_CLIENT_ID");
  const char* collection_id = std::getenv("GLOBUS_SANDBOX_COLLECTION_SOURCE");

  // the scope of Transfer, with access to the data of one collection
  const Scope transfer =
      TransferScopes.all.with_dependency(GCSCollectionScopes{collection_id}.data_access);

  // one login for all that is needed
  NativeAppAuthClient app{client_id};
  app.oauth2_start_flow({transfer, AuthScopes.openid, AuthScopes.email});
  std::cout << "Please log in at " << app.oauth2_get_authorize_url() << '\n';

  // a list of consents as Globus Auth sends it; this user has consented to Transfer only
  const Json answer = {{"id", 1},
                       {"dependency_path", Json::array({1})},
                       {"scope_name", TransferScopes.all.str()},
                       {"scope", "89ecabba-4acf-4e2e-a98d-ce592ccc2818"},
                       {"client", client_id},
                       {"effective_identity", "8ca28797-3541-4a5d-a264-05b00f91e608"},
                       {"created", "2026-01-01T12:00:00+00:00"},
                       {"updated", "2026-01-01T12:00:00+00:00"},
                       {"last_used", "2026-01-01T12:00:00+00:00"},
                       {"status", "approved"},
                       {"allows_refresh", true},
                       {"auto_approved", false},
                       {"atomically_revocable", false}};
  const ConsentForest forest{Json::array({answer}).view()};
  for (const Scope& scope : {Scope{TransferScopes.all}, transfer})
    std::cout << scope << (forest.meets_scope_requirements(scope) ? " is" : " is not")
              << " consented to\n";
} catch (const GlobusError& error) {
  std::cerr << error.what() << '\n';
  return 1;
}
//! [program]
