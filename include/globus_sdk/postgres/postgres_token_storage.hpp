// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "globus_sdk/core/export.hpp"
#include "globus_sdk/core/field.hpp"
#include "globus_sdk/core/text.hpp"
#include "globus_sdk/token_storage/errors.hpp"
#include "globus_sdk/token_storage/multi_user_token_storage.hpp"
#include "globus_sdk/token_storage/token_sealer.hpp"

namespace globus_sdk::inline v0 {

struct AppTokenStorageOptions;

/// Options of PostgresTokenStorage.
struct PostgresTokenStorageOptions {
  /// The namespace, which may have any bytes; `DEFAULT` when unset.
  Field<std::string> namespace_{};
  /// How many connections to the server this storage may have open, 2 or more; 16 when unset. Each
  /// renewal that is under way holds one. A quarter of them, at least one, is kept for reading and
  /// storing.
  Field<std::int64_t> max_connections{};
  /// How long making a connection may take, with all servers that the URL names; 10 s when unset.
  Field<std::chrono::milliseconds> connect_timeout{};
  /// How long one statement may take; 10 s when unset. A call ends after this time and
  /// `connect_timeout` together, whatever the server does.
  Field<std::chrono::milliseconds> statement_timeout{};
  /// After how long a lock is free whose host has vanished or is frozen, 1 s or more; 30 s when
  /// unset.
  Field<std::chrono::milliseconds> vanished_after{};
  /// Seals tokens before they are stored. Unset: they are stored as they are.
  Field<TokenSealer> sealer{};
};

/// Keeps tokens in a PostgreSQL database, version 12 or newer, for any number of hosts. Python has
/// no such class. Link `globus_sdk::postgres` for it.
///
/// The database is named as libpq takes it: a URL (`postgresql://user@host:5432/database?
/// sslmode=verify-full`) or `host=... dbname=...`. What it leaves out libpq finds where it always
/// does: in `PGPASSWORD`, `~/.pgpass` and so on. Several hosts may be named; the first one that can
/// be written to is used, unless the URL sets `target_session_attrs`.
///
/// The tables are made by the first program that uses the database, and are upgraded by the first
/// newer one. They are in the first schema of the search path, and their names begin with
/// `globus_sdk_`. Once they are there, a program needs no right but to read and write them. The
/// namespace and the resource server may have any bytes.
///
/// A connection that is lost is replaced, and what it did is done once more until it is known to be
/// done, as long as the call's time lasts. So a server may be restarted, or replaced by its
/// standby. The child of a fork makes connections of its own.
///
/// **Renewals.** `lock_renewal` locks a row, over a connection of its own, until the lock is
/// released. A program that ends releases its locks. Those of a host that vanishes, or is frozen,
/// are free after `vanished_after`: the server ends their transactions, since nothing has come from
/// that host. A holder that lives keeps its lock for as long as it needs, since the storage sends
/// something on the connection from time to time.
///
/// When a host that was frozen goes on, its lock may be another host's, which has renewed the token
/// meanwhile. So what the thread that took a lock stores is stored only if nobody else has stored
/// or removed that token since. Otherwise it throws TokenStorageError, and what the other one has
/// stored remains. And storing an empty map, which StoredTokenAuthorizer does before it redeems a
/// refresh token, throws when the lock that this thread took is lost.
///
/// While this process holds a lock, it has a thread that speaks to the server. A proxy between them
/// has to leave a session to one client, as PgBouncer does in its session mode.
class GLOBUS_SDK_EXPORT PostgresTokenStorage final : public MultiUserTokenStorage {
 public:
  /// Does not connect.
  ///
  /// @param url the database.
  /// @throws GlobusSDKUsageError when the URL or an option is not valid. The message has nothing of
  ///   the URL in it, which may hold a password.
  explicit PostgresTokenStorage(Text url, const PostgresTokenStorageOptions& options = {});
  /// The database that the environment variable `GLOBUS_SDK_TOKEN_STORAGE_URL` names.
  ///
  /// @throws GlobusSDKUsageError also when the variable is not set.
  explicit PostgresTokenStorage(const PostgresTokenStorageOptions& options = {});
  ~PostgresTokenStorage() override;
  PostgresTokenStorage(const PostgresTokenStorage&);
  PostgresTokenStorage& operator=(const PostgresTokenStorage&);

  /// The storage of an app, in the database that `GLOBUS_SDK_TOKEN_STORAGE_URL` names:
  /// `.token_storage = &PostgresTokenStorage::for_globus_app`. Its namespace is made of all that
  /// tells an app's file from another app's: `ENVIRONMENT/CLIENT_ID/APP_NAME/NAMESPACE`. So apps
  /// that share a database do not see each other's tokens, and an app sees the same ones on every
  /// host.
  ///
  /// @throws GlobusSDKUsageError as above, and as JSONTokenStorage::for_globus_app does.
  static PostgresTokenStorage for_globus_app(const AppTokenStorageOptions& app);

  /// Which database it is: `postgresql://HOST:PORT/DATABASE`, without user and password.
  const std::string& filepath() const noexcept GLOBUS_SDK_LIFETIMEBOUND;

  // All of these throw TokenStorageError, which names the database and says what to do, when the
  // server cannot be reached, refuses, or takes too long.

  /// Stores all of them or none.
  ///
  /// @throws TokenStorageError also when this thread holds the lock on the renewal of one of these
  ///   tokens, and somebody else has stored or removed it since; nothing is stored then.
  void store_token_data_by_resource_server(
      const TokenStorageDataByResourceServer& token_data_by_resource_server) const override;
  TokenStorageDataByResourceServer get_token_data_by_resource_server() const override;
  std::optional<TokenStorageData> get_token_data(Text resource_server) const override;
  bool remove_token_data(Text resource_server) const override;

  /// Locks a row. Threads of this process that want the same lock wait without a connection.
  ///
  /// @param timeout how long to wait for it, connecting included.
  RenewalLock lock_renewal(Text resource_server, std::chrono::milliseconds timeout) const override;

  /// Closes the connections that nobody uses at the moment. Later calls make new ones.
  void close() const override;

  std::shared_ptr<const MultiUserTokenStorage> in_namespace(Text namespace_) const override;
  /// By an index. A page of more than 10,000 is read in several steps, between which others may
  /// store; so is one of tokens_by_expiry.
  std::vector<std::string> iter_namespaces(const NamespacePage& page = {}) const override;
  std::size_t remove_namespace(Text namespace_) const override;
  std::vector<TokenExpiry> tokens_by_expiry(const ExpiryPage& page = {}) const override;

 private:
  struct State;
  PostgresTokenStorage(std::shared_ptr<State> state, const Field<std::string>& namespace_);

  std::shared_ptr<State> state_;
};

}  // namespace globus_sdk::inline v0
