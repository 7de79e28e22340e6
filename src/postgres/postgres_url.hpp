// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace globus_sdk::inline v0::detail {

/// libpq's parameters of a connection by their names.
using PostgresParameters = std::map<std::string, std::string>;

/// The database that a URL names.
struct PostgresDatabase {
  /// What the URL says.
  PostgresParameters parameters{};
  /// For each server that may be connected to, what tells it from the others: `host`, `hostaddr`,
  /// `port`. One empty entry where libpq is to find the server by itself.
  std::vector<PostgresParameters> servers{};
  /// What it is called in messages: `postgresql://HOST:PORT/DATABASE`.
  std::string name{};
};

/// Reads a URL or a list of `name=value`, as libpq takes them.
///
/// @throws GlobusSDKUsageError when libpq cannot read it, or when a part of a password seems to
///   stand in another place. The message has nothing of the URL in it.
PostgresDatabase read_postgres_url(std::string_view url);

/// In a program that has more rights than the user who started it: makes libpq forget the
/// environment, which is that user's.
void forget_postgres_environment_of_caller();

}  // namespace globus_sdk::inline v0::detail
