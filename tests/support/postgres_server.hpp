// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "support/scoped_folder.hpp"

namespace globus_sdk_test {

/// Why tests with a PostgreSQL server are skipped here; empty where there is one. Says it also for
/// the end of `make test`.
///
/// @param suite what is skipped.
std::string why_no_postgres(const std::string& suite);

/// What tests may choose of a PostgreSQL server.
struct PostgresServerOptions {
  /// Settings of postgresql.conf: `max_connections=20`.
  std::vector<std::string> settings{};
  /// Files in the folder of its data, that only its user can read: `server.key` and so on.
  std::map<std::string, std::string> files{};
  /// Where its folder is made, which is the server's user's.
  std::filesystem::path parent{};
  /// The folder itself, which has to be there and stays; it is used in place of one in `parent`.
  std::filesystem::path folder{};
};

/// A PostgreSQL server on 127.0.0.1, with data of its own, as fast as it goes: what it says to have
/// written may be lost when the machine stops. It runs as `postgres` where this process is root. It
/// ends with this object, and with this process, however that ends. Make it on a thread that lives
/// as long.
class PostgresServer {
 public:
  /// How a server stops: `fast` ends what its clients do, `immediate` is as if it had crashed.
  enum class Stop { fast, immediate };

  /// Whether PostgreSQL's server is installed here; otherwise tests are skipped.
  static bool is_installed();

  explicit PostgresServer(PostgresServerOptions options = {});
  /// A standby of another server, which it follows until it is promoted.
  static std::unique_ptr<PostgresServer> standby_of(const PostgresServer& primary,
                                                    PostgresServerOptions options = {});
  ~PostgresServer();
  PostgresServer(const PostgresServer&) = delete;
  PostgresServer& operator=(const PostgresServer&) = delete;

  void start();
  void stop(Stop how = Stop::fast);
  void restart(Stop how = Stop::fast);
  /// Makes a standby the primary.
  void promote();
  /// Stops all its processes without a word to their clients, until `thaw`.
  void freeze();
  void thaw();

  std::uint16_t port() const { return port_; }
  const std::filesystem::path& folder() const { return folder_; }
  /// The user who may do everything.
  static std::string user() { return "postgres"; }
  static std::string password() { return "server-secret-7c1d"; }
  /// The URL of one of its databases, with user and password.
  std::string url(const std::string& database = "postgres") const;
  /// The same through another port of 127.0.0.1: that of a relay.
  std::string url_through(std::uint16_t port, const std::string& database = "postgres") const;
  /// A new database with nothing in it; its URL.
  std::string new_database();
  /// Runs SQL; returns the rows, with | between columns.
  std::string sql(const std::string& statements, const std::string& database = "postgres") const;
  /// What it has logged.
  std::string log() const;

 private:
  struct AsStandby {};
  PostgresServer(AsStandby, const PostgresServer& primary, PostgresServerOptions options);
  void make_folder();
  void run(const std::vector<std::string>& command) const;
  bool start_once();
  std::string status() const;
  std::vector<pid_t> processes() const;

  PostgresServerOptions options_;
  std::optional<ScopedFolder> own_folder_;
  std::filesystem::path folder_;
  std::uint16_t port_ = 0;
  pid_t process_ = 0;
  int databases_ = 0;
};

}  // namespace globus_sdk_test
