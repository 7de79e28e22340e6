// SPDX-License-Identifier: Apache-2.0
// A minimal transfer
//
//     minimal_transfer SOURCE_PATH DESTINATION_PATH
//
// Submits a transfer, waits for its end, and says how it ended. A path that ends in '/' is a
// folder. Exit status 0 means that everything is at the destination.
#include <globus_sdk/globus_sdk.hpp>
#include <iostream>
#include <string>

#include "environment.hpp"

using namespace globus_sdk;

namespace {

TransferClient make_client() {
  ConfidentialAppAuthClient app{examples::environment("GLOBUS_SANDBOX_CLIENT_ID"),
                                examples::environment("GLOBUS_SANDBOX_CLIENT_SECRET")};
  return TransferClient{
      RefreshTokenAuthorizer{examples::environment("GLOBUS_SANDBOX_TRANSFER_REFRESH_TOKEN"), app}};
}

std::string submit(const TransferClient& tc, const std::string& source_path,
                   const std::string& destination_path) {
  TransferData data{examples::environment("GLOBUS_SANDBOX_COLLECTION_SOURCE"),
                    examples::environment("GLOBUS_SANDBOX_COLLECTION_DESTINATION"),
                    {.label = "minimal transfer", .sync_level = SyncLevel::checksum}};
  data.add_item(source_path, destination_path, {.recursive = source_path.ends_with('/')});
  // data then has a submission id: submitting it again, after an error, makes no second task
  return tc.submit_transfer(data)["task_id"];
}

/// Waits, and says how it ended. True when it went well.
bool wait(const TransferClient& tc, const std::string& task_id) {
  const auto result =
      tc.task_wait(task_id, {.timeout = 1h, .polling_interval = 1s, .end_on_fault = true});
  const auto& task = result.task();

  if (const auto& fault = result.fault()) {
    // left alone, it would try until its deadline, which is days away
    tc.cancel_task(task_id);
    std::cerr << "canceled, since this needs a person: " << fault->description << '\n'
              << fault->details << '\n';
    return false;
  }
  if (!result) {
    std::cerr << "still under way after an hour: " << task["nice_status_short_description"] << '\n';
    return false;
  }
  if (task["status"] != "SUCCEEDED") {
    std::cerr << "failed: " << task["fatal_error"]["description"] << '\n';
    return false;
  }
  std::cout << "done: " << task["files_transferred"] << " files, " << task["bytes_transferred"]
            << " bytes; " << task["files_skipped"] << " files were there already\n";
  return true;
}

}  // namespace

int main(int argc, char** argv) try {
  if (argc != 3) {
    std::cerr << "usage: minimal_transfer SOURCE_PATH DESTINATION_PATH\n";
    return 2;
  }
  const auto tc = make_client();
  const auto task_id = submit(tc, argv[1], argv[2]);
  std::cout << "task " << task_id << '\n';
  return wait(tc, task_id) ? 0 : 1;
} catch (const std::exception& error) {
  std::cerr << error.what() << '\n';
  return 1;
}
