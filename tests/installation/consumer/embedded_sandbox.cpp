// SPDX-License-Identifier: Apache-2.0
// A test as a user writes it: a local Globus in the process, and a client for it.
#include <globus_sandbox/sandbox.hpp>
#include <globus_sdk/globus_sdk.hpp>

int main() {
  const globus_sandbox::Sandbox sandbox;
  globus_sdk::ClientOptions options;
  options.base_url = sandbox.service_url("transfer");
  const globus_sdk::TransferClient client(
      globus_sdk::AccessTokenAuthorizer(sandbox.value("TRANSFER_TOKEN")), options);
  client.operation_mkdir(sandbox.value("COLLECTION_SOURCE"), "/~/made here");
  return std::filesystem::exists(sandbox.folder("SOURCE") / "made here") ? 0 : 1;
}
