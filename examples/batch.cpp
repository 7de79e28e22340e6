// SPDX-License-Identifier: Apache-2.0
// A batch file of any length
//
//     batch FILE [ITEMS_PER_TASK]
//
// Transfers what the lines of a file say, as `globus transfer --batch FILE` takes them, in tasks of
// at most so many items. Where lines are wrong it names them all, and submits nothing.
//! [program]
#include <cstdlib>
#include <fstream>
#include <globus_sdk/globus_sdk.hpp>
#include <iostream>
#include <string>
#include <vector>
using namespace globus_sdk;

int main(int argc, char** argv) try {
  if (argc < 2) {
    std::cerr << "usage: batch FILE [ITEMS_PER_TASK]\n";
    return 2;
  }
  TransferData data{std::getenv("GLOBUS_SANDBOX_COLLECTION_SOURCE"),
                    std::getenv("GLOBUS_SANDBOX_COLLECTION_DESTINATION"),
                    {.label = "batch", .sync_level = SyncLevel::checksum}};
  std::ifstream lines{argv[1]};
  data.add_batch(lines, {.file_name = argv[1]});

  const TransferClient tc{AccessTokenAuthorizer{std::getenv("GLOBUS_SANDBOX_TRANSFER_TOKEN")}};
  std::vector<std::string> task_ids;
  for (const auto& part : data.split(argc > 2 ? std::stoll(argv[2]) : 100'000))
    task_ids.push_back(tc.submit_transfer(part)["task_id"]);

  bool all_succeeded = true;
  for (const auto& task_id : task_ids) {
    const auto result =
        tc.task_wait(task_id, {.timeout = 24h, .polling_interval = 1s, .end_on_fault = true});
    const auto& task = result.task();
    std::cout << task_id << ": " << task["status"] << ", " << task["files_transferred"]
              << " files\n";
    if (const auto& fault = result.fault())
      std::cerr << fault->description << '\n' << fault->details << '\n';
    all_succeeded = all_succeeded && task["status"] == "SUCCEEDED";
  }
  return all_succeeded ? 0 : 1;
} catch (const GlobusSDKUsageError& error) {  // FILE:LINE: what is wrong, for every wrong line
  std::cerr << error.what() << '\n';
  return 2;
} catch (const std::exception& error) {
  std::cerr << error.what() << '\n';
  return 1;
}
//! [program]
