// SPDX-License-Identifier: Apache-2.0
// Search an index
//
//     search INDEX_ID QUERY
//
// Prints the subject and the entries of everything that matches, and asks for the next page of
// results when it gets there.
//! [program]
#include <globus_sdk/globus_sdk.hpp>
#include <iostream>
using namespace globus_sdk;

int main(int argc, char** argv) try {
  if (argc != 3) {
    std::cerr << "usage: search INDEX_ID QUERY\n";
    return 2;
  }
  const SearchClient sc;  // without an authorizer it sees what is public

  for (auto result : sc.paginated().search(argv[1], argv[2]).items()) {
    std::cout << result["subject"] << '\n';
    for (auto entry : result["entries"]) std::cout << "  " << entry["content"] << '\n';
  }
} catch (const SearchAPIError& error) {
  std::cerr << error.code() << ": " << error.message() << '\n';
  if (const auto data = error.error_data()) std::cerr << *data << '\n';
  return 1;
} catch (const GlobusError& error) {
  std::cerr << error.what() << '\n';
  return 1;
}
//! [program]
