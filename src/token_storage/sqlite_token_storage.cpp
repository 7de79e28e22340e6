// SPDX-License-Identifier: Apache-2.0
#include "globus_sdk/token_storage/sqlite_token_storage.hpp"

#include <boost/json/value.hpp>
#include <thread>

#include "token_storage/files.hpp"
#include "token_storage/sqlite_database.hpp"
#include "token_storage/sqlite_schema.hpp"
#include "token_storage/stored_token.hpp"

namespace globus_sdk::inline v0 {

namespace {

using detail::SqliteDatabase;
using std::chrono::milliseconds;

FilePath checked(FilePath filepath) {
  if (filepath.str() != ":memory:") return filepath;
  throw GlobusSDKUsageError(
      "SQLiteTokenStorage stores in a file; MemoryTokenStorage is for tokens in memory");
}

/// Runs `read` in a transaction; it gets nothing where there is nothing to read.
template <class Read> void reading(const std::string& filepath, milliseconds timeout, Read read) {
  const std::string target = detail::resolve_links(filepath);
  if (!detail::exists_and_is_private(target)) return;
  const SqliteDatabase database(target, timeout);
  database.execute("BEGIN");
  if (detail::has_token_tables(database)) read(database);
}

/// A process of Python's makes the file first and then its tables, one by one: it is given time.
void await_tables(const SqliteDatabase& database) {
  constexpr int attempts = 5;
  for (int attempt = 1; attempt < attempts; ++attempt) {
    database.execute("BEGIN");
    const bool there = detail::has_token_tables(database);
    database.execute("COMMIT");
    if (there) return;
    std::this_thread::sleep_for(milliseconds(10 * attempt));
  }
}

template <class Write>
void writing(const std::string& filepath, milliseconds timeout, Write write) {
  detail::make_folders_above(filepath);
  const std::string target = detail::resolve_links(filepath);
  if (!detail::exists_and_is_private(target)) detail::make_token_database(target, timeout);
  const SqliteDatabase database(target, timeout);
  await_tables(database);
  database.execute("BEGIN IMMEDIATE");
  if (!detail::has_token_tables(database)) detail::make_token_tables(database);
  write(database);
  database.execute("COMMIT");
}

[[noreturn]] void refuse_row(const std::string& filepath) {
  throw TokenStorageError(filepath, "has a row that is no token; move it away and log in again");
}

TokenStorageData read_row(const std::string& document, const std::string& resource_server,
                          const std::string& filepath) {
  const auto parsed = detail::parse_json(document);
  if (!parsed) refuse_row(filepath);
  return detail::read_stored_token(Json(*parsed), resource_server, filepath);
}

}  // namespace

SQLiteTokenStorage::SQLiteTokenStorage(const FilePath& filepath,
                                       const FileTokenStorageOptions& options)
    : FileTokenStorage(checked(filepath), options) {}
SQLiteTokenStorage::~SQLiteTokenStorage() = default;
SQLiteTokenStorage::SQLiteTokenStorage(const SQLiteTokenStorage&) = default;
SQLiteTokenStorage& SQLiteTokenStorage::operator=(const SQLiteTokenStorage&) = default;

SQLiteTokenStorage SQLiteTokenStorage::for_globus_app(Text client_id, Text app_name,
                                                      Text environment, Text namespace_) {
  return SQLiteTokenStorage(detail::globus_app_filepath(client_id, app_name, environment, "db"),
                            {.namespace_ = namespace_.str()});
}

void SQLiteTokenStorage::store_token_data_by_resource_server(
    const TokenStorageDataByResourceServer& token_data_by_resource_server) const {
  writing(filepath(), lock_timeout(), [&](const SqliteDatabase& database) {
    if (token_data_by_resource_server.empty()) {
      // writes what there is, so that a disk that is full, say, is noticed
      database
          .prepare("UPDATE token_storage SET namespace = namespace WHERE namespace = ?",
                   {namespace_()})
          .step();
    }
    for (const auto& [resource_server, data] : token_data_by_resource_server) {
      const std::string document = data.to_dict().dump();
      database
          .prepare(
              "REPLACE INTO token_storage (namespace, resource_server, token_data_json) "
              "VALUES (?, ?, ?)",
              {namespace_(), resource_server, document})
          .step();
    }
  });
}

TokenStorageDataByResourceServer SQLiteTokenStorage::get_token_data_by_resource_server() const {
  TokenStorageDataByResourceServer result;
  reading(filepath(), lock_timeout(), [&](const SqliteDatabase& database) {
    auto rows = database.prepare(
        "SELECT resource_server, token_data_json FROM token_storage WHERE namespace = ?",
        {namespace_()});
    while (rows.step()) {
      const auto resource_server = rows.text(0);
      const auto document = rows.text(1);
      if (!resource_server || !document) refuse_row(filepath());
      result.emplace(*resource_server, read_row(*document, *resource_server, filepath()));
    }
  });
  return result;
}

bool SQLiteTokenStorage::remove_token_data(Text resource_server) const {
  bool there = false;
  reading(filepath(), lock_timeout(), [&](const SqliteDatabase& database) {
    there = database
                .prepare("SELECT 1 FROM token_storage WHERE namespace = ? AND resource_server = ?",
                         {namespace_(), resource_server})
                .step();
  });
  // what is not there can be forgotten where nothing can be written
  if (!there) return false;
  writing(filepath(), lock_timeout(), [&](const SqliteDatabase& database) {
    database
        .prepare("DELETE FROM token_storage WHERE namespace = ? AND resource_server = ?",
                 {namespace_(), resource_server})
        .step();
    there = database.changes() > 0;
  });
  return there;
}

std::vector<std::string> SQLiteTokenStorage::iter_namespaces() const {
  std::vector<std::string> names;
  reading(filepath(), lock_timeout(), [&](const SqliteDatabase& database) {
    auto rows = database.prepare("SELECT DISTINCT namespace FROM token_storage ORDER BY namespace");
    while (rows.step()) names.push_back(rows.text(0).value_or(""));
  });
  return names;
}

}  // namespace globus_sdk::inline v0
