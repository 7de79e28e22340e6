// SPDX-License-Identifier: Apache-2.0
// A run in which every tenth request fails, in each of the ways that are worth a second try.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

#include "globus_sdk/core/literals.hpp"
#include "support/sandbox_world.hpp"

namespace globus_sdk_test {
namespace {

using namespace globus_sdk;

constexpr int folders = 50;
constexpr int files_of_a_folder = 100;

/// Five ways to fail, each of them met by every fiftieth request.
void let_every_tenth_request_fail(globus_sandbox::Sandbox& sandbox) {
  const auto add = [&sandbox](auto set) {
    globus_sandbox::Fault fault;
    fault.path = "^/transfer/";
    fault.count = 1'000'000;
    fault.every = 50;
    set(fault);
    sandbox.add_fault(fault);
  };
  add([](auto& fault) { fault.status = 503; });
  add([](auto& fault) {
    fault.status = 502;
    fault.headers = {{"Content-Type", "text/html"}};
    fault.body = "<html>Bad Gateway</html>";
  });
  add([](auto& fault) { fault.drop_before = true; });
  add([](auto& fault) { fault.drop_after = true; });
  add([](auto& fault) { fault.truncate_at = 10; });
}

TransferClient impatient_client(const SandboxWorld& world) {
  RetryConfig retry;
  retry.max_sleep = 5ms;
  ClientOptions options = world.options("transfer");
  options.retry_config = retry;
  return TransferClient(AccessTokenAuthorizer(world.sandbox.value("TRANSFER_TOKEN")), options);
}

/// The files below a folder of a collection, with their sizes.
std::map<std::string, std::int64_t> files_of(const TransferClient& client,
                                             const std::string& collection) {
  std::map<std::string, std::int64_t> files;
  for (int folder = 0; folder < folders; ++folder) {
    const std::string path = "/tree/" + std::to_string(folder) + "/";
    for (const auto& entry : client.operation_ls(collection, {.path = path})) {
      files[path + entry["name"].as<std::string>()] = entry["size"].as<std::int64_t>();
    }
  }
  return files;
}

TEST(FailingNetwork, MovesATreeOfFiveThousandFilesAsOneTask) {
  SandboxWorld world;
  for (int folder = 0; folder < folders; ++folder) {
    for (int file = 0; file < files_of_a_folder; ++file) {
      const std::string name = std::to_string(folder) + "/" + std::to_string(file);
      world.write("tree/" + name, "content of " + name);
    }
  }
  const TransferClient client = impatient_client(world);
  world.sandbox.clear_requests();
  let_every_tenth_request_fail(world.sandbox);

  const auto before = files_of(client, world.source());
  EXPECT_EQ(before.size(), static_cast<std::size_t>(folders * files_of_a_folder));
  // the submission itself takes effect and is not answered, and then is refused
  globus_sandbox::Fault unanswered;
  unanswered.method = "POST";
  unanswered.path = "/transfer$";
  unanswered.drop_after = true;
  world.sandbox.add_fault(unanswered);
  TransferData data(world.source(), world.destination());
  data.add_item("/tree/", "/tree/", {.recursive = true});
  const std::string task_id = client.submit_transfer(data)["task_id"];
  while (client.get_task(task_id)["status"] == "ACTIVE") {}

  EXPECT_EQ(client.get_task(task_id)["files_transferred"], folders * files_of_a_folder);
  EXPECT_EQ(client.task_list().size(), 1u);
  EXPECT_EQ(files_of(client, world.destination()), before);
  for (const int folder : {0, folders - 1}) {
    const std::string name = std::to_string(folder) + "/7";
    EXPECT_EQ(world.read_destination("tree/" + name), "content of " + name);
  }
  const auto requests = world.sandbox.requests();
  const auto failed = std::count_if(requests.begin(), requests.end(), [](const auto& request) {
    return request.status == 0 || request.status >= 500;
  });
  EXPECT_GE(failed * 100, static_cast<std::ptrdiff_t>(requests.size()) * 5);
  EXPECT_GE(world.count("/transfer"), 2) << "the submission was sent again";
}

}  // namespace
}  // namespace globus_sdk_test
