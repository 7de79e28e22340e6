// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/json/fwd.hpp>
#include <cstdint>
#include <string>

#include "globus_sdk/token_storage/token_storage_data.hpp"

namespace globus_sdk::inline v0::detail {

/// The stored document of one token.
///
/// @throws TokenStorageError, which names `filepath` and `resource_server` and holds no value.
TokenStorageData read_stored_token(const Json& document, const std::string& resource_server,
                                   const std::string& filepath);

/// When the token of a stored document expires.
///
/// @throws TokenStorageError as above.
std::int64_t read_stored_expiry(const boost::json::value& document,
                                const std::string& resource_server, const std::string& filepath);

/// Which SDK wrote a store: as Python's version of it stands there, and cannot be taken for one.
std::string writer_version();

}  // namespace globus_sdk::inline v0::detail
