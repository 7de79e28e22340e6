// SPDX-License-Identifier: Apache-2.0
// A run of a flow, followed to its end
//
//     flows FLOW_ID INPUT
//
// INPUT is the JSON object that the run is started with.
//! [program]
#include <cstdlib>
#include <globus_sdk/globus_sdk.hpp>
#include <iostream>
#include <thread>
using namespace globus_sdk;

int main(int argc, char** argv) try {
  const std::string flow_id = argc > 1 ? argv[1] : "";
  const Json input = Json::parse(argc > 2 ? argv[2] : "{}");
  // each flow has tokens of its own; those for Flows see what becomes of its runs
  SpecificFlowClient flow{flow_id, AccessTokenAuthorizer{std::getenv("GLOBUS_SANDBOX_FLOW_TOKEN")}};
  FlowsClient flows{AccessTokenAuthorizer{std::getenv("GLOBUS_SANDBOX_FLOWS_TOKEN")}};

  auto run = flow.run_flow(input, {.label = "started from C++"});
  const std::string run_id = run["run_id"];
  std::cout << "run " << run_id << " has begun\n";

  while (run["status"] == "ACTIVE") {
    std::this_thread::sleep_for(1s);
    run = flows.get_run(run_id);
  }
  for (auto entry : flows.paginated().get_run_logs(run_id, {.limit = 100}).items())
    std::cout << entry["time"] << "  " << entry["code"] << '\n';

  std::cout << "now it is " << run["status"] << '\n';  // INACTIVE: it waits for a person
  return run["status"] == "SUCCEEDED" ? 0 : 1;
} catch (const FlowsAPIError& error) {  // a message for each mistake in the input
  for (const auto& message : error.messages()) std::cerr << message << '\n';
  return 1;
} catch (const GlobusError& error) {
  std::cerr << error.what() << '\n';
  return 2;
}
//! [program]
