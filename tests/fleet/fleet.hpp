// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gtest/gtest.h>
#include <chrono>
#include <cstdint>

#include <memory>
#include <string>
#include <vector>

#include "globus_sdk/postgres/postgres_token_storage.hpp"
#include "support/postgres_server.hpp"
#include "support/program.hpp"
#include "support/relay.hpp"
#include "support/served_sandbox.hpp"

namespace globus_sdk_test {

/// What a fleet is made of.
struct FleetOptions {
  std::size_t hosts = 8;
  std::size_t users = 40;
  std::vector<std::string> sandbox{"--auto-consent", "--rotate-refresh-tokens"};
  /// A second server, which can take the first one's place.
  const PostgresServer* standby = nullptr;
  std::string database = "postgres";
  std::chrono::milliseconds vanished_after{3000};
  std::chrono::milliseconds statement_timeout{3000};
  std::chrono::milliseconds connect_timeout{3000};
};

/// What became of a host's calls.
struct HostReport {
  std::int64_t right = 0;
  std::int64_t wrong = 0;           ///< another user's answer, or an error of another kind
  std::int64_t logged_out = 0;      ///< LoginRequiredError
  std::int64_t refused = 0;         ///< a new token, which had expired again by then
  std::int64_t storage_errors = 0;  ///< TokenStorageError
  double slowest = 0;               ///< seconds of the slowest call
  double seconds = 0;               ///< of all
  std::int64_t renewals = 0;        ///< by this host since it started
  std::string tokens{};             ///< tells the tokens in its memory from others
  std::string messages{};           ///< what went wrong, with how often

  friend std::ostream& operator<<(std::ostream& out, const HostReport& report);
};

/// Hosts that serve the same users, whose tokens are in PostgreSQL. Each is a process of its own,
/// and reaches the server through a relay of its own.
class Fleet {
 public:
  /// Starts a Globus of its own and the hosts, and logs the users in. Their access tokens count as
  /// expired.
  explicit Fleet(const PostgresServer& server, const FleetOptions& options = {});
  ~Fleet();
  Fleet(const Fleet&) = delete;
  Fleet& operator=(const Fleet&) = delete;

  std::size_t hosts() const;
  const std::vector<std::string>& users() const;
  const ServedSandbox& world() const;
  /// Between a host and the server, or its standby.
  Relay& relay(std::size_t host);

  /// Tells a host what to do. What it may be is said in programs/host.cpp.
  void tell(std::size_t host, const std::string& what);
  /// What it answers. A host that takes longer than `bound` is killed, and the test fails.
  HostReport answer(std::size_t host, std::chrono::seconds bound = std::chrono::seconds(120));
  HostReport ask(std::size_t host, const std::string& what);
  /// Each host calls for each user, all at the same time.
  std::vector<HostReport> call_for_all(std::chrono::seconds bound = std::chrono::seconds(120));
  /// Each host calls for users at random for some time: answer() tells what came of it.
  void begin_load(std::chrono::seconds time);
  std::vector<HostReport> answers(std::chrono::seconds bound = std::chrono::seconds(120));

  /// SIGSTOP and SIGCONT.
  void freeze(std::size_t host);
  void thaw(std::size_t host);

  /// A user's access token.
  std::string token(const std::string& user) const;
  /// Lets a user's access token expire, which no host knows until it is refused.
  void expire(const std::string& user) const;
  void expire_all() const;
  /// Renewals, and attempts at one, since the last time that this was called.
  std::ptrdiff_t renewals();
  /// Waits until a host has sent a refresh token.
  void await_renewal() const;
  /// The next renewal is answered so: a fault of the sandbox.
  void meet_renewal_with(const std::string& fault) const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// Whether all of these calls got the right answer.
testing::AssertionResult all_right(const std::vector<HostReport>& reports, std::size_t each);
/// Whether all hosts have the same tokens.
testing::AssertionResult same_tokens(const std::vector<HostReport>& reports);

}  // namespace globus_sdk_test
