// SPDX-License-Identifier: Apache-2.0
// Random access
//
// Parts of a file on a collection, without the rest: its end, two parts at once, its first line.
// The arguments are the collection's id, its address (`https_server` of its document at Transfer)
// and the file's path. A token for a collection that is not public is in the variable
// GLOBUS_FILES_TOKEN.
//! [program]
#include <algorithm>
#include <cstdlib>
#include <globus_sdk/globus_sdk.hpp>
#include <iostream>
using namespace globus_sdk;

AnyAuthorizer authorizer() {
  const char* token = std::getenv("GLOBUS_FILES_TOKEN");
  if (token == nullptr) return NullAuthorizer{};  // for a public collection
  return AccessTokenAuthorizer{token};
}

int main(int argc, char** argv) try {
  if (argc != 4) {
    std::cerr << "usage: random_access COLLECTION ADDRESS PATH\n";
    return 2;
  }
  GCSCollectionClient files{argv[1], argv[2], authorizer()};
  RemoteFile file = files.open(argv[3]);
  std::cout << file.size() << " bytes\n";

  // the last 16 bytes
  std::string end(16, ' ');
  end.resize(file.read_at(std::max<std::int64_t>(file.size() - 16, 0),
                          std::as_writable_bytes(std::span(end))));
  std::cout << "ends with: " << end << '\n';

  // two parts, at the same time
  std::string one(8, ' ');
  std::string other(8, ' ');
  const std::vector<FileRange> ranges{
      {0, std::as_writable_bytes(std::span(one))},
      {file.size() / 2, std::as_writable_bytes(std::span(other))},
  };
  std::cout << "two parts have " << file.read_many(ranges) << " bytes\n";

  // from front to back
  RemoteFileStream stream{file};
  std::string line;
  std::getline(stream, line);
  std::cout << "first line: " << line << '\n';
} catch (const GlobusError& error) {
  std::cerr << error.what() << '\n';
  return 1;
}
//! [program]
