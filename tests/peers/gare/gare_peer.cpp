// SPDX-License-Identifier: Apache-2.0
// Says what the SDK makes of errors' documents: reads one JSON document a line and writes what
// GAREs it finds as one line. test_gares.py asks the Python SDK the same.
#include <iostream>
#include <string>
#include <vector>

#include "globus_sdk/core/errors.hpp"
#include "globus_sdk/core/json.hpp"
#include "globus_sdk/gare/gare.hpp"

namespace {

using namespace globus_sdk;

Json found(const std::vector<GARE>& gares) {
  std::vector<Json> documents;
  for (const GARE& gare : gares) documents.push_back(gare.to_dict({.include_extra = true}));
  return documents;
}

/// As a document by itself, and as the body of a service's answer.
Json answer(const std::string& line) {
  const auto one = to_gare(Json::parse(line));
  const GlobusAPIError error({.status = 403, .body = line});
  return {{"document", one ? one->to_dict({.include_extra = true}) : Json()},
          {"answer", found(to_gares({error}))},
          {"is_gare", is_gare(error)}};
}

}  // namespace

int main() try {
  for (std::string line; std::getline(std::cin, line);) std::cout << answer(line).dump() << '\n';
} catch (const std::exception& error) {
  std::cerr << "gare_peer: " << error.what() << '\n';
  return 1;
}
