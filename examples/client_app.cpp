// SPDX-License-Identifier: Apache-2.0
// An app that acts for itself
//
// A service or a nightly job: nobody logs in, it gets its tokens with its id and secret.
// Collections have to give access to its own identity, CLIENT_ID@clients.auth.globus.org.
//! [program]
#include <cstdlib>
#include <globus_sdk/globus_sdk.hpp>
#include <iostream>
using namespace globus_sdk;

int main() try {
  ClientApp app{"nightly copy",
                {.client_id = std::getenv("GLOBUS_SANDBOX_CLIENT_ID"),
                 .client_secret = std::getenv("GLOBUS_SANDBOX_CLIENT_SECRET")}};
  TransferClient tc{app};

  TransferData data{std::getenv("GLOBUS_SANDBOX_COLLECTION_SOURCE"),
                    std::getenv("GLOBUS_SANDBOX_COLLECTION_DESTINATION"),
                    {.label = "nightly copy"}};
  data.add_item("/", "/copy/", {.recursive = true});
  const auto task = tc.submit_transfer(data);
  tc.task_wait(task["task_id"], {.timeout = 10min, .polling_interval = 1s});
  std::cout << "the copy has " << tc.get_task(task["task_id"])["status"] << '\n';
} catch (const GlobusError& error) {
  std::cerr << error.what() << '\n';
  return 1;
}
//! [program]
