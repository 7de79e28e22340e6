// SPDX-License-Identifier: Apache-2.0
#include "token_storage/stored_token.hpp"

#include <boost/json/value.hpp>

#include "globus_sdk/core/version.hpp"
#include "globus_sdk/token_storage/errors.hpp"

namespace globus_sdk::inline v0::detail {

namespace {

[[noreturn]] void refuse(const std::string& filepath, const std::string& resource_server,
                         const std::string& problem) {
  throw TokenStorageError(filepath, "what it has for " + resource_server + " is no token data (" +
                                        problem + "); move the file away and log in again");
}

}  // namespace

TokenStorageData read_stored_token(const Json& document, const std::string& resource_server,
                                   const std::string& filepath) {
  try {
    return TokenStorageData::from_dict(document);
  } catch (const ValidationError& error) {
    refuse(filepath, resource_server, error.what());
  }
}

std::int64_t read_stored_expiry(const boost::json::value& document,
                                const std::string& resource_server, const std::string& filepath) {
  const auto* members = document.if_object();
  const auto* expiry = members == nullptr ? nullptr : members->if_contains("expires_at_seconds");
  if (expiry == nullptr || !expiry->is_int64()) {
    refuse(filepath, resource_server, "'expires_at_seconds' must be an integer");
  }
  return expiry->get_int64();
}

std::string writer_version() {
  return std::string("globus-sdk-cpp-") + version;
}

}  // namespace globus_sdk::inline v0::detail
