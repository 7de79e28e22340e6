// SPDX-License-Identifier: Apache-2.0
#include "globus_sdk/token_storage/sqlite_token_storage.hpp"

#include <boost/json/value.hpp>
#include <thread>

#include "token_storage/files.hpp"
#include "token_storage/multi_user_page.hpp"
#include "token_storage/sqlite_database.hpp"
#include "token_storage/sqlite_schema.hpp"
#include "token_storage/stored_documents.hpp"

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

/// An empty text stands for no bound. A row that is no token comes first, and is refused.
constexpr std::string_view select_expiries = R"(
  SELECT expiry, namespace, resource_server FROM (
    SELECT namespace, resource_server,
           CASE WHEN json_valid(token_data_json) THEN
             CASE WHEN json_type(token_data_json, '$.expires_at_seconds') = 'integer' THEN
               json_extract(token_data_json, '$.expires_at_seconds') END
           END AS expiry
    FROM token_storage)
  WHERE expiry IS NULL
     OR ((?2 = '' OR expiry < CAST(?2 AS INTEGER))
         AND (?3 = '' OR (expiry, namespace, resource_server) > (CAST(?3 AS INTEGER), ?4, ?5)))
  ORDER BY expiry, namespace, resource_server LIMIT CAST(?1 AS INTEGER))";

[[noreturn]] void refuse_row(const std::string& filepath) {
  throw TokenStorageError(filepath, "has a row that is no token; move it away and log in again");
}

Json read_row(const std::string& document, const std::string& filepath) {
  const auto parsed = detail::parse_json(document);
  if (!parsed) refuse_row(filepath);
  return Json(*parsed);
}

/// Python replaces a row without reading it.
constexpr const char* sealed_rows_stay = R"(
  CREATE TRIGGER IF NOT EXISTS sealed_tokens_stay BEFORE INSERT ON token_storage
  WHEN NEW.token_data_json NOT LIKE '{"sealed_by":%' AND EXISTS (
    SELECT 1 FROM token_storage
    WHERE namespace = NEW.namespace AND resource_server = NEW.resource_server
      AND token_data_json LIKE '{"sealed_by":%')
  BEGIN
    SELECT RAISE(ABORT, 'this token is sealed by globus-sdk-cpp: only a program with its key can replace it');
  END;)";

/// Makes sure that a storage without a sealer replaces no sealed row.
void require_replaceable_rows(const SqliteDatabase& database, const std::string& namespace_,
                              const detail::StoredDocuments& documents,
                              const std::string& filepath) {
  for (const auto& [resource_server, document] : documents) {
    auto row = database.prepare(
        "SELECT token_data_json FROM token_storage WHERE namespace = ? AND resource_server = ?",
        {namespace_, resource_server});
    if (!row.step()) continue;
    const auto parsed = detail::parse_json(row.text(0).value_or(""));
    if (parsed) detail::require_replaceable({}, resource_server, Json(*parsed), filepath);
  }
}

}  // namespace

SQLiteTokenStorage::SQLiteTokenStorage(const FilePath& filepath,
                                       const FileTokenStorageOptions& options)
    : FileTokenStorage(checked(filepath), options) {}
SQLiteTokenStorage::SQLiteTokenStorage(const SQLiteTokenStorage& storage, Text namespace_)
    : FileTokenStorage(storage, namespace_) {}
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
  const auto documents =
      detail::documents_to_store(sealer(), namespace_(), token_data_by_resource_server);
  writing(filepath(), lock_timeout(), [&](const SqliteDatabase& database) {
    if (sealer() && !documents.empty()) database.execute(sealed_rows_stay);
    if (!sealer()) require_replaceable_rows(database, namespace_(), documents, filepath());
    if (token_data_by_resource_server.empty()) {
      // writes what there is, so that a disk that is full, say, is noticed
      database
          .prepare("UPDATE token_storage SET namespace = namespace WHERE namespace = ?",
                   {namespace_()})
          .step();
    }
    for (const auto& [resource_server, token] : documents) {
      const std::string document = token.dump();
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
  detail::StoredDocuments documents;
  reading(filepath(), lock_timeout(), [&](const SqliteDatabase& database) {
    auto rows = database.prepare(
        "SELECT resource_server, token_data_json FROM token_storage WHERE namespace = ?",
        {namespace_()});
    while (rows.step()) {
      const auto resource_server = rows.text(0);
      const auto document = rows.text(1);
      if (!resource_server || !document) refuse_row(filepath());
      documents.emplace(*resource_server, read_row(*document, filepath()));
    }
  });
  // after the file is closed, since a key service may be slow
  TokenStorageDataByResourceServer result;
  for (const auto& [resource_server, document] : documents) {
    result.emplace(resource_server, detail::open_document(sealer(), namespace_(), resource_server,
                                                          document, filepath()));
  }
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

std::shared_ptr<const MultiUserTokenStorage> SQLiteTokenStorage::in_namespace(
    Text namespace_) const {
  return std::shared_ptr<const SQLiteTokenStorage>(new SQLiteTokenStorage(*this, namespace_));
}

std::vector<std::string> SQLiteTokenStorage::iter_namespaces(const NamespacePage& page) const {
  const std::string limit = std::to_string(detail::page_limit(page.limit));
  const std::string after = page.after ? *page.after : std::string();
  std::vector<std::string> names;
  reading(filepath(), lock_timeout(), [&](const SqliteDatabase& database) {
    auto rows = database.prepare(
        page.after ? "SELECT DISTINCT namespace FROM token_storage WHERE namespace > ?2 "
                     "ORDER BY namespace LIMIT CAST(?1 AS INTEGER)"
                   : "SELECT DISTINCT namespace FROM token_storage WHERE namespace >= ?2 "
                     "ORDER BY namespace LIMIT CAST(?1 AS INTEGER)",
        {limit, after});
    while (rows.step()) names.push_back(rows.text(0).value_or(""));
  });
  return names;
}

std::size_t SQLiteTokenStorage::remove_namespace(Text namespace_) const {
  bool there = false;
  reading(filepath(), lock_timeout(), [&](const SqliteDatabase& database) {
    there =
        database.prepare("SELECT 1 FROM token_storage WHERE namespace = ?", {namespace_}).step();
  });
  // what is not there can be forgotten where nothing can be written
  std::size_t removed = 0;
  if (!there) return removed;
  writing(filepath(), lock_timeout(), [&](const SqliteDatabase& database) {
    database.prepare("DELETE FROM token_storage WHERE namespace = ?", {namespace_}).step();
    removed = static_cast<std::size_t>(database.changes());
  });
  return removed;
}

std::vector<TokenExpiry> SQLiteTokenStorage::tokens_by_expiry(const ExpiryPage& page) const {
  const std::string limit = std::to_string(detail::page_limit(page.limit));
  const std::string before = page.before ? std::to_string(*page.before) : std::string();
  const TokenExpiry after = page.after.value_or(TokenExpiry());
  const std::string after_time = page.after ? std::to_string(after.expires_at_seconds) : "";
  std::vector<TokenExpiry> result;
  reading(filepath(), lock_timeout(), [&](const SqliteDatabase& database) {
    auto rows = database.prepare(
        select_expiries, {limit, before, after_time, after.namespace_, after.resource_server});
    while (rows.step()) {
      const auto name = rows.text(1);
      const auto resource_server = rows.text(2);
      if (!rows.has_value(0) || !name || !resource_server) refuse_row(filepath());
      result.push_back({*name, *resource_server, rows.integer(0)});
    }
  });
  return result;
}

}  // namespace globus_sdk::inline v0
