// SPDX-License-Identifier: Apache-2.0
// A folder of a collection, with all that is in it, over HTTPS
//
//     download_tree PATH FOLDER
//
// Fetches what is missing or has changed since the last run, and says what could not be fetched.
// Exit status 0 means that everything is there.
//! [program]
#include <cstdlib>
#include <globus_sdk/globus_sdk.hpp>
#include <iostream>
using namespace globus_sdk;

int main(int argc, char** argv) try {
  if (argc != 3) {
    std::cerr << "usage: download_tree PATH FOLDER\n";
    return 2;
  }
  const TransferClient tc{AccessTokenAuthorizer{std::getenv("GLOBUS_SANDBOX_TRANSFER_TOKEN")}};
  const GCSCollectionClient files{
      std::getenv("GLOBUS_SANDBOX_COLLECTION_SOURCE"),
      std::getenv("GLOBUS_SANDBOX_SOURCE_HTTPS_URL"),
      AccessTokenAuthorizer{std::getenv("GLOBUS_SANDBOX_SOURCE_HTTPS_TOKEN")}};

  const TreeResult result = files.download_tree(argv[1], argv[2], tc);
  std::cout << result.files << " files came, " << result.skipped << " were there already\n";
  for (const TreeFailure& failure : result.failures)
    std::cerr << failure.path << ": " << failure.message << '\n';
  return result ? 0 : 1;
} catch (const GlobusError& error) {
  std::cerr << error.what() << '\n';
  return 1;
}
//! [program]
