// SPDX-License-Identifier: Apache-2.0
// Upload a file
//
//     upload LOCAL_FILE PATH
//
// Takes the collection's id and address, and an access token, from variables, as `globus-sandbox
// exec` sets them. Says how far it is.
#include <cstdlib>
#include <globus_sdk/globus_sdk.hpp>
#include <iostream>

#include "environment.hpp"

using namespace globus_sdk;

namespace {

GCSCollectionClient make_client() {
  return GCSCollectionClient{
      examples::environment("GLOBUS_SANDBOX_COLLECTION_SOURCE"),
      examples::environment("GLOBUS_SANDBOX_SOURCE_HTTPS_URL"),
      AccessTokenAuthorizer{examples::environment("GLOBUS_SANDBOX_SOURCE_HTTPS_TOKEN")}};
}

void show(const FileProgress& progress) {
  std::cout << progress.bytes << " of " << progress.total.value_or(0) << " bytes\n";
}

}  // namespace

int main(int argc, char** argv) try {
  if (argc != 3) {
    std::cerr << "usage: upload LOCAL_FILE PATH\n";
    return 2;
  }
  const GCSCollectionClient files = make_client();
  files.upload(argv[1], argv[2], {.on_progress = show});
  std::cout << "the collection has " << files.head(argv[2]).size().value_or(0) << " bytes\n";
} catch (const std::exception& error) {
  std::cerr << error.what() << '\n';
  return 1;
}
