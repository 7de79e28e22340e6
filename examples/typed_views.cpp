// SPDX-License-Identifier: Apache-2.0
// Answers as typed values
//
//     typed_views [PATH]
//
// Adds up the sizes of the files in a folder, and says what became of the user's tasks.
//! [program]
#include <cstdint>
#include <cstdlib>
#include <globus_sdk/globus_sdk.hpp>
#include <iostream>
using namespace globus_sdk;

int main(int argc, char** argv) try {
  TransferClient tc{AccessTokenAuthorizer{std::getenv("GLOBUS_SANDBOX_TRANSFER_TOKEN")}};
  const char* collection_id = std::getenv("GLOBUS_SANDBOX_COLLECTION_SOURCE");
  const Endpoint collection{tc.get_endpoint(collection_id)};
  std::cout << collection.display_name << " (" << collection.entity_type << ")\n";

  std::int64_t bytes = 0;
  for (auto item : tc.operation_ls(collection_id, {.path = argc > 1 ? argv[1] : "/"})) {
    const FileEntry entry{item};
    if (entry.type == FileType::file) bytes += entry.size;
    std::cout << entry.last_modified << "  " << entry.name << '\n';
  }
  std::cout << bytes << " bytes\n";

  for (auto item : tc.paginated().task_list().items()) {
    const Task task{item};
    std::cout << task.label.value_or("no label") << ": " << task.status << '\n';
  }
} catch (const GlobusError& error) {
  std::cerr << error.what() << '\n';
  return 1;
}
//! [program]
