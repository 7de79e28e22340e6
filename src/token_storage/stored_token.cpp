// SPDX-License-Identifier: Apache-2.0
#include "token_storage/stored_token.hpp"

#include "globus_sdk/core/version.hpp"
#include "globus_sdk/token_storage/errors.hpp"

namespace globus_sdk::inline v0::detail {

TokenStorageData read_stored_token(const Json& document, const std::string& resource_server,
                                   const std::string& filepath) {
  try {
    return TokenStorageData::from_dict(document);
  } catch (const ValidationError& error) {
    throw TokenStorageError(filepath, "what it has for " + resource_server + " is no token data (" +
                                          error.what() + "); move the file away and log in again");
  }
}

std::string writer_version() {
  return std::string("globus-sdk-cpp-") + version;
}

}  // namespace globus_sdk::inline v0::detail
