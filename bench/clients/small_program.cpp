// SPDX-License-Identifier: Apache-2.0
// The smallest useful program: one client, one authorized call, one field of its answer.
#include <cstdio>
#include <exception>
#include <globus_sdk/globus_sdk.hpp>

#include "measure.hpp"

int main(int count, char** values) {
  try {
    const auto arguments = globus_bench::read_arguments(count, values);
    globus_bench::print(globus_bench::measure(1, [&] {
      const globus_sdk::TransferClient client{
          globus_sdk::AccessTokenAuthorizer{globus_bench::token}, {.base_url = arguments.url}};
      return std::string(client.get_task(globus_bench::short_task)["status"]);
    }));
    return 0;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 1;
  }
}
