// SPDX-License-Identifier: Apache-2.0
// A folder that is kept the same in two collections
//
//     sync_folder FOLDER
//
// Lists a folder, transfers what differs at the destination, waits for the end, and says how it
// ended. Exit status 0 means that the destination has everything.
//! [program]
#include <cstdlib>
#include <globus_sdk/globus_sdk.hpp>
#include <iostream>
using namespace globus_sdk;

int main(int argc, char** argv) try {
  const TransferClient tc{AccessTokenAuthorizer{std::getenv("GLOBUS_SANDBOX_TRANSFER_TOKEN")}};
  const char* source = std::getenv("GLOBUS_SANDBOX_COLLECTION_SOURCE");
  const char* destination = std::getenv("GLOBUS_SANDBOX_COLLECTION_DESTINATION");
  const char* folder = argc > 1 ? argv[1] : "/";

  for (auto entry : tc.operation_ls(source, {.path = folder}))
    std::cout << entry["type"] << ' ' << entry["name"] << '\n';

  TransferData data{source, destination, {.label = "sync", .sync_level = SyncLevel::checksum}};
  data.add_item(folder, folder, {.recursive = true});
  data.add_filter_rule("*.tmp");
  const std::string task_id = tc.submit_transfer(data)["task_id"];

  const auto result =
      tc.task_wait(task_id, {.timeout = 1h, .polling_interval = 1s, .end_on_fault = true});
  if (const auto& fault = result.fault()) {
    std::cerr << "a person is needed: " << fault->description << '\n' << fault->details << '\n';
    tc.cancel_task(task_id);
    return 1;
  }
  const auto& task = result.task();
  std::cout << task["status"] << ": " << task["files_transferred"] << " files came, "
            << task["files_skipped"] << " were there already\n";
  return task["status"] == "SUCCEEDED" ? 0 : 1;
} catch (const GlobusError& error) {
  std::cerr << error.what() << '\n';
  return 1;
}
//! [program]
