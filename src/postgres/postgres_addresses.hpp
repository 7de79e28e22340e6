// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "postgres/postgres_connection.hpp"

namespace globus_sdk::inline v0::detail {

/// The addresses of a host, as numbers. The look-up runs on a helper thread, since it cannot be
/// stopped: a name server may be silent for longer than the caller has time.
///
/// @throws PostgresFailure when there are none, or none in time.
std::vector<std::string> look_up_addresses(const std::string& host, PostgresDeadline deadline);

}  // namespace globus_sdk::inline v0::detail
