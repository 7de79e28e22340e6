// SPDX-License-Identifier: Apache-2.0
#include "token_storage/sqlite_schema.hpp"

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include <cerrno>

#include "globus_sdk/token_storage/errors.hpp"
#include "token_storage/files.hpp"
#include "token_storage/stored_token.hpp"

namespace globus_sdk::inline v0::detail {

namespace {

std::int64_t number(const SqliteDatabase& database, std::string_view statement) {
  auto row = database.prepare(statement);
  row.step();
  return row.integer(0);
}

bool has_table(const SqliteDatabase& database, std::string_view name) {
  auto row =
      database.prepare("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?", {name});
  return row.step();
}

/// A check reads the whole file, which takes too long where it has the tokens of many users.
constexpr std::int64_t largest_checked_file = std::int64_t{1} << 20U;

bool is_consistent(const SqliteDatabase& database) {
  auto check = database.prepare("PRAGMA integrity_check(1)");
  return check.step() && check.text(0) == "ok";
}

/// SQLite reads what a file that was cut off lacks as zeros, and would find nothing in it.
void require_whole(const SqliteDatabase& database) {
  // read first: from then on nobody else writes to the file
  const auto page_count = number(database, "PRAGMA page_count");
  const auto page_size = number(database, "PRAGMA page_size");
  const auto version = version_of(database.filepath());
  const std::int64_t size = version ? version->size : 0;
  // an empty file is one that somebody has just begun
  const bool cut_off = size % page_size != 0 || (size > 0 && size < page_size * page_count);
  if (cut_off || (size <= largest_checked_file && !is_consistent(database))) {
    throw TokenStorageError(database.filepath(), "is damaged; move it away and log in again");
  }
}

void require_known_version(const SqliteDatabase& database) {
  // a process of Python's that was killed may have left a file without it
  if (!has_table(database, "sdk_storage_adapter_internal")) return;
  auto row = database.prepare(
      "SELECT value FROM sdk_storage_adapter_internal "
      "WHERE attribute = 'globus-sdk.database_schema_version'");
  if (!row.step()) return;
  const auto version = row.text(0);
  if (version == "1" || version == "2") return;
  throw TokenStorageError(database.filepath(),
                          "is from a newer version of a Globus SDK (its schema is not 1 or 2); "
                          "update this program, or name another file");
}

constexpr const char* tables = R"(
  CREATE TABLE token_storage (
    namespace VARCHAR NOT NULL,
    resource_server VARCHAR NOT NULL,
    token_data_json VARCHAR NOT NULL,
    PRIMARY KEY (namespace, resource_server)
  );
  CREATE TABLE sdk_storage_adapter_internal (
    attribute VARCHAR NOT NULL,
    value VARCHAR NOT NULL,
    PRIMARY KEY (attribute)
  );)";

/// A name that is nobody's yet, with an empty file behind it.
std::string make_temporary_file(const std::string& filepath) {
  std::string name = filepath + ".XXXXXX";
  const int descriptor = mkostemp(name.data(), O_CLOEXEC);
  if (descriptor < 0) {
    throw TokenStorageError(filepath, "cannot be made: " + explain(errno));
  }
  close(descriptor);
  return name;
}

/// Gives a file a second name, unless there is a file of that name.
void give_name(const std::string& from, const std::string& filepath) {
  if (link(from.c_str(), filepath.c_str()) == 0 || errno == EEXIST) return;
  // a file system without links: the tables come with the first write
  const int descriptor =
      open(filepath.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (descriptor < 0 && errno != EEXIST) {
    throw TokenStorageError(filepath, "cannot be made: " + explain(errno));
  }
  if (descriptor >= 0) close(descriptor);
}

}  // namespace

bool has_token_tables(const SqliteDatabase& database) {
  require_whole(database);
  if (has_table(database, "token_storage")) {
    require_known_version(database);
    return true;
  }
  if (number(database, "SELECT count(*) FROM sqlite_master") == 0) return false;
  throw TokenStorageError(database.filepath(),
                          "is an SQLite file of another program's; name another file");
}

void make_token_tables(const SqliteDatabase& database) {
  database.execute(tables);
  const std::string writer = writer_version();
  database
      .prepare(
          "INSERT INTO sdk_storage_adapter_internal (attribute, value) VALUES "
          "('globus-sdk.version', ?), ('globus-sdk.database_schema_version', '2')",
          {writer})
      .step();
}

void make_token_database(const std::string& filepath, std::chrono::milliseconds timeout) {
  const std::string temporary = make_temporary_file(filepath);
  try {
    const SqliteDatabase database(temporary, timeout);
    database.execute("BEGIN IMMEDIATE");
    make_token_tables(database);
    database.execute("COMMIT");
  } catch (...) {
    unlink(temporary.c_str());
    unlink((temporary + "-journal").c_str());
    throw;
  }
  try {
    give_name(temporary, filepath);
  } catch (...) {
    unlink(temporary.c_str());
    throw;
  }
  unlink(temporary.c_str());
  sync_folder_of(filepath);
}

}  // namespace globus_sdk::inline v0::detail
