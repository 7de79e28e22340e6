// SPDX-License-Identifier: Apache-2.0
// A plugin that uses the SDK, both doors and a renewal, and has let go of it when it returns.
#include "long_lives/programs/life.hpp"

extern "C" __attribute__((visibility("default"))) int use_the_sdk() {
  return life::run([] {
    const globus_sdk::TransferClient client(life::renewing_authorizer());
    life::call_async(client);
    life::call(client);
    // its helper thread has only just given the token when this returns
    life::call_async(globus_sdk::TransferClient(life::renewing_authorizer()));
    try {
      client.operation_ls(life::source(), {.path = "/~/there is none/"});
    } catch (const globus_sdk::TransferAPIError& error) {
      if (error.http_status() == 404) return;
    }
    throw std::runtime_error("no error for a folder that is not there");
  });
}
