// SPDX-License-Identifier: Apache-2.0
// Names a database that is not there: what is linked is what counts.
#include <globus_sdk/globus_sdk.hpp>
#include <globus_sdk/postgres/postgres_token_storage.hpp>

#include <iostream>

int main() {
  using namespace std::chrono_literals;
  const globus_sdk::PostgresTokenStorage storage(
      "postgresql://127.0.0.1:1/tokens", {.connect_timeout = 100ms, .statement_timeout = 100ms});
  try {
    storage.get_token_data("transfer.api.globus.org");
  } catch (const globus_sdk::TokenStorageError& error) {
    std::cout << error.what() << '\n';
    return error.filepath() == "postgresql://127.0.0.1:1/tokens" ? 0 : 1;
  }
  return 1;
}
