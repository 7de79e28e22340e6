// SPDX-License-Identifier: Apache-2.0
#include "transfer_run.hpp"

#include <fmt/format.h>

#include <stdexcept>

#include "progress.hpp"

namespace demo {

using namespace globus_sdk;

namespace {

constexpr auto between_looks = 200ms;

TreeSize done_by(const GlobusHTTPResponse& task) {
  return {task["files_transferred"].as<std::int64_t>(),
          task["bytes_transferred"].as<std::int64_t>()};
}

/// No fault is temporary here: it is a file that cannot be read, or a full disk.
void check_for_fault(const TransferClient& transfer_client, const GlobusHTTPResponse& task) {
  if (task["faults"] == 0 && task["status"] != "FAILED") return;
  for (auto event : transfer_client.task_event_list(task["task_id"]))
    if (event["is_error"] == true)
      throw std::runtime_error(fmt::format("the transfer met a fault: {}\n{}",
                                           event["description"].as<std::string>(),
                                           event["details"].as<std::string>()));
  throw std::runtime_error("the transfer failed");
}

}  // namespace

TransferResult run_transfer(const TransferClient& transfer_client, const std::string& source_id,
                            const std::string& destination_id, TreeSize total,
                            const std::function<std::optional<std::string>()>& after_a_third,
                            const Interruption& interruption) {
  const auto begin = std::chrono::steady_clock::now();
  TransferData data{source_id, destination_id, {.label = "demo"}};
  data.add_item("/", "/copy/", {.recursive = true});
  const auto task_id = transfer_client.submit_transfer(data)["task_id"].as<std::string>();
  fmt::print("  task {}\n", task_id);

  Progress progress(total);
  bool is_told = false;
  for (;;) {
    const auto task = transfer_client.get_task(task_id);
    check_for_fault(transfer_client, task);
    const TreeSize done = done_by(task);
    if (task["status"] != "ACTIVE") {
      progress.finish(done);
      const std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - begin;
      return {done, elapsed.count()};
    }
    progress.show(done);
    if (!is_told && done.files * 3 >= total.files) {
      if (const auto line = after_a_third()) {
        progress.tell(*line);
        is_told = true;
      }
    }
    interruption.sleep(between_looks);
  }
}

}  // namespace demo
