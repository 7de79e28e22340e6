// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "postgres/postgres_connection.hpp"

namespace globus_sdk::inline v0::detail {

/// Makes the tables where they are missing, and upgrades older ones. Any number of programs may do
/// so at once.
///
/// * `globus_sdk_schema`: the version of the tables, in one row.
/// * `globus_sdk_tokens`: a row for each token. `change` is another random number each time the row
///   is stored.
/// * `globus_sdk_renewals`: a row for each token that was ever renewed; whoever renews locks it.
///
/// @throws PostgresFailure also when the tables are of a newer version.
void make_postgres_tables(PostgresConnection& connection, PostgresDeadline deadline);

}  // namespace globus_sdk::inline v0::detail
