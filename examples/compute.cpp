// SPDX-License-Identifier: Apache-2.0
// A function that runs on an endpoint of Globus Compute
//
//     compute ENDPOINT CODE ARGUMENTS
//
// CODE and ARGUMENTS are files: the code of a function of Python's and the arguments of a call, as
// the serializer of Globus Compute's own SDK for Python writes them.
//! [program]
#include <cstdlib>
#include <fstream>
#include <globus_sdk/globus_sdk.hpp>
#include <iostream>
#include <iterator>
#include <stdexcept>
#include <string>
#include <thread>
using namespace globus_sdk;

std::string content(const char* file) {
  std::ifstream stream{file};
  if (!stream) throw std::invalid_argument(std::string("there is no file ") + file);
  return {std::istreambuf_iterator<char>(stream), {}};
}

int main(int argc, char** argv) try {
  if (argc != 4) throw std::invalid_argument("usage: compute ENDPOINT CODE ARGUMENTS");
  const AccessTokenAuthorizer authorizer{std::getenv("GLOBUS_SANDBOX_COMPUTE_TOKEN")};
  const ComputeClientV3 compute{authorizer};
  const ComputeClientV2 compute_v2{authorizer};  // what reads the states of tasks is in version 2

  const auto function = compute.register_function(
      {{"function_name", "my_function"}, {"function_code", content(argv[2])}});
  const std::string function_id = function["function_uuid"];

  const Json calls = Json::array({content(argv[3])});  // one call; there may be many
  const auto submitted = compute.submit(argv[1], {{"tasks", {{function_id, calls}}}});
  const std::string task_id = submitted["tasks"][function_id][0];

  auto task = compute_v2.get_task(task_id);
  while (task["status"] != "success" && task["status"] != "failed") {
    std::this_thread::sleep_for(1s);
    task = compute_v2.get_task(task_id);
  }
  if (task["status"] == "failed") {
    std::cerr << "the function has failed: " << task["exception"] << '\n';
    return 1;
  }
  std::cout << task["result"] << '\n';
} catch (const ComputeAPIError& error) {
  std::cerr << "Compute refuses: " << error.message() << '\n';
  return 1;
} catch (const std::exception& error) {
  std::cerr << error.what() << '\n';
  return 2;
}
//! [program]
