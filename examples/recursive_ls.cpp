// SPDX-License-Identifier: Apache-2.0
// Recursive ls
//
//     recursive_ls [PATH [LEVELS]]
//
// Walks through a collection, depth first, and prints the path of everything that it finds. Large
// folders come in pages. Symbolic links are shown and not followed, so that the walk ends.
#include <globus_sdk/globus_sdk.hpp>
#include <iostream>
#include <string>
#include <vector>

#include "environment.hpp"

using namespace globus_sdk;

namespace {

class Walk {
 public:
  Walk(TransferClient tc, std::string collection_id)
      : tc_(std::move(tc)), collection_id_(std::move(collection_id)) {}

  /// Prints what is below a folder, at most so many levels deep.
  void print(const std::string& folder, int levels) const {
    if (levels <= 0) return;
    for (const auto& entry : entries_of(folder)) {
      const std::string path = folder + entry["name"].as<std::string>();
      if (!entry["link_target"].is_null()) {
        std::cout << path << " -> " << entry["link_target"] << '\n';
      } else if (entry["type"] == "dir") {
        std::cout << path << "/\n";
        print(path + '/', levels - 1);
      } else {
        std::cout << path << "  " << entry["size"] << '\n';
      }
    }
  }

 private:
  /// Everything in one folder, asked for page by page.
  std::vector<JsonView> entries_of(const std::string& folder) const {
    constexpr std::size_t page_size = 500;
    std::vector<JsonView> entries;
    for (;;) {
      const auto page = tc_.operation_ls(
          collection_id_,
          {.path = folder, .orderby = "name", .limit = page_size, .offset = entries.size()});
      entries.insert(entries.end(), page.begin(), page.end());
      if (page.size() < page_size) return entries;
    }
  }

  TransferClient tc_;
  std::string collection_id_;
};

}  // namespace

int main(int argc, char** argv) try {
  if (argc > 3) {
    std::cerr << "usage: recursive_ls [PATH [LEVELS]]\n";
    return 2;
  }
  std::string path = argc > 1 ? argv[1] : "/";
  if (!path.ends_with('/')) path += '/';
  const int levels = argc > 2 ? std::stoi(argv[2]) : 64;

  TransferClient tc{AccessTokenAuthorizer{examples::environment("GLOBUS_SANDBOX_TRANSFER_TOKEN")}};
  Walk(tc, examples::environment("GLOBUS_SANDBOX_COLLECTION_SOURCE")).print(path, levels);
} catch (const std::exception& error) {
  std::cerr << error.what() << '\n';
  return 1;
}
