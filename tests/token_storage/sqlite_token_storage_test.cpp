// SPDX-License-Identifier: Apache-2.0
// What is written into an SQLite file and read from one: schemas, and what others leave there.
#include <sqlite3.h>

#include "token_storage/file_storages.hpp"

namespace globus_sdk {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

/// Another program's connection to the file.
class Connection {
 public:
  explicit Connection(const fs::path& file) {
    EXPECT_EQ(sqlite3_open(file.c_str(), &connection_), SQLITE_OK);
    fs::permissions(file, static_cast<fs::perms>(0600));
  }
  ~Connection() { sqlite3_close(connection_); }
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  /// The rows of a statement, their columns with bars between.
  std::vector<std::string> run(const std::string& statement) const {
    std::vector<std::string> rows;
    const auto add = [](void* all, int count, char** values, char**) {
      std::string row;
      for (int i = 0; i < count; ++i) row.append(i == 0 ? "" : "|").append(values[i]);
      static_cast<std::vector<std::string>*>(all)->push_back(row);
      return 0;
    };
    char* error = nullptr;
    EXPECT_EQ(sqlite3_exec(connection_, statement.c_str(), add, &rows, &error), SQLITE_OK) << error;
    sqlite3_free(error);
    return rows;
  }

 private:
  sqlite3* connection_ = nullptr;
};

constexpr const char* token_table =
    "CREATE TABLE token_storage (namespace VARCHAR NOT NULL, resource_server VARCHAR NOT NULL, "
    "token_data_json VARCHAR NOT NULL, PRIMARY KEY (namespace, resource_server));";
constexpr const char* internal_table =
    "CREATE TABLE sdk_storage_adapter_internal (attribute VARCHAR NOT NULL, value VARCHAR NOT "
    "NULL, PRIMARY KEY (attribute));";
constexpr const char* config_table =
    "CREATE TABLE config_storage (namespace VARCHAR NOT NULL, config_name VARCHAR NOT NULL, "
    "config_data_json VARCHAR NOT NULL, PRIMARY KEY (namespace, config_name));";

std::string schema_version(const std::string& version) {
  return "INSERT INTO sdk_storage_adapter_internal VALUES ('globus-sdk.database_schema_version', "
         "'" +
         version + "');";
}

std::string insert(const std::string& space, const std::string& resource_server,
                   const std::string& document) {
  return "INSERT INTO token_storage VALUES ('" + space + "', '" + resource_server + "', '" +
         document + "');";
}

class SqliteFile : public FileStorage<SQLiteTokenStorage> {
 protected:
  void expect_refused(const std::string& problem) const {
    const auto before = content_of(file);
    EXPECT_THAT(storage_error(file, [&] { storage().get_token_data("a"); }), HasSubstr(problem));
    EXPECT_THAT(
        storage_error(file,
                      [&] { storage().store_token_data_by_resource_server(stored_tokens("b")); }),
        HasSubstr(problem));
    EXPECT_EQ(content_of(file), before);
  }
};

TEST_F(SqliteFile, IsOfPythonsSchema) {
  storage({.namespace_ = "x"}).store_token_data_by_resource_server(stored_tokens("a"));
  const Connection connection(file);
  EXPECT_THAT(connection.run("SELECT * FROM token_storage"),
              ElementsAre("x|a|" + stored_token("a").to_dict().dump()));
  EXPECT_THAT(connection.run("SELECT * FROM sdk_storage_adapter_internal ORDER BY attribute"),
              ElementsAre("globus-sdk.database_schema_version|2",
                          "globus-sdk.version|globus-sdk-cpp-0.1.0"));
  EXPECT_THAT(connection.run("SELECT name FROM sqlite_master WHERE type = 'table'"),
              ElementsAre("token_storage", "sdk_storage_adapter_internal"));
  EXPECT_THAT(connection.run("PRAGMA journal_mode"), ElementsAre("delete"));
}

TEST_F(SqliteFile, OfTheOlderSchemaIsReadAndWritten) {
  const Connection python(file);
  python.run(std::string(config_table) + token_table + internal_table + schema_version("1") +
             "INSERT INTO config_storage VALUES ('userprofile/production', 'c', '{\"k\": 1}');" +
             insert("userprofile/production", "a",
                    R"({"scope": "s", "access_token": "t", "refresh_token": null,
                        "token_type": "Bearer", "expires_at_seconds": 7, "resource_server": "a"})"));
  const auto cli = storage({.namespace_ = "userprofile/production"});
  EXPECT_EQ(cli.get_token_data("a")->access_token, "t");
  EXPECT_EQ(cli.get_token_data("a")->identity_id, std::nullopt);
  cli.store_token_data_by_resource_server(stored_tokens("b"));
  EXPECT_TRUE(cli.remove_token_data("a"));
  EXPECT_EQ(cli.get_token_data_by_resource_server(), stored_tokens("b"));
  EXPECT_THAT(python.run("SELECT config_data_json FROM config_storage"), ElementsAre("{\"k\": 1}"));
  EXPECT_THAT(python.run("SELECT value FROM sdk_storage_adapter_internal"), ElementsAre("1"));
}

TEST_F(SqliteFile, NamesItsNamespaces) {
  EXPECT_THAT(storage().iter_namespaces(), IsEmpty());
  storage({.namespace_ = "one"}).store_token_data_by_resource_server(stored_tokens("a"));
  storage({.namespace_ = "one"}).store_token_data_by_resource_server(stored_tokens("b"));
  storage({.namespace_ = "two"}).store_token_data_by_resource_server(stored_tokens("a"));
  EXPECT_THAT(storage().iter_namespaces(), ElementsAre("one", "two"));
}

TEST_F(SqliteFile, OfANewerVersionIsLeftAlone) {
  { Connection(file).run(std::string(token_table) + internal_table + schema_version("3")); }
  expect_refused("newer version");
}

TEST_F(SqliteFile, OfAnotherProgramIsLeftAlone) {
  { Connection(file).run("CREATE TABLE cookies (name VARCHAR);"); }
  expect_refused("another program's");
}

TEST_F(SqliteFile, WithARowThatIsNoTokenIsNotRead) {
  for (const std::string document : {"access-of-a", "[]", "{\"access_token\": \"access-of-a\"}"}) {
    fs::remove(file);
    {
      Connection(file).run(std::string(token_table) + internal_table + schema_version("2") +
                           insert("DEFAULT", "a", document));
    }
    EXPECT_NE(storage_error(file, [&] { storage().get_token_data("a"); }), "") << document;
  }
}

TEST_F(SqliteFile, ThatSomebodyHasJustBegunIsEmpty) {
  write_file(file, "");
  EXPECT_THAT(storage().get_token_data_by_resource_server(), IsEmpty());
  storage().store_token_data_by_resource_server(stored_tokens("a"));
  EXPECT_EQ(storage().get_token_data("a"), stored_token("a"));

  fs::remove(file);
  { Connection(file).run(token_table); }
  storage().store_token_data_by_resource_server(stored_tokens("b"));
  EXPECT_EQ(storage().get_token_data("b"), stored_token("b"));
}

TEST_F(SqliteFile, WhosePagesWereSpoiltIsLeftAlone) {
  storage().store_token_data_by_resource_server(stored_tokens("a"));
  const auto content = content_of(file);
  for (std::size_t at = 4096; at + 512 <= content.size(); at += 4096) {
    auto spoilt = content;
    spoilt.replace(at, 512, 512, '\xff');
    write_file(file, spoilt);
    expect_refused("damaged");
  }
}

TEST_F(SqliteFile, ThatIsLockedForLongIsWaitedForNoLonger) {
  storage().store_token_data_by_resource_server(stored_tokens("a"));
  const Connection other(file);
  other.run("BEGIN EXCLUSIVE");
  const auto patient = storage({.lock_timeout = std::chrono::milliseconds(50)});
  EXPECT_THAT(
      storage_error(file, [&] { patient.store_token_data_by_resource_server(stored_tokens("b")); }),
      AllOf(HasSubstr("another process"), HasSubstr("50 ms")));
  EXPECT_THAT(storage_error(file, [&] { patient.get_token_data("a"); }), HasSubstr("50 ms"));
  other.run("COMMIT");
  EXPECT_EQ(patient.get_token_data("a"), stored_token("a"));
}

TEST(SQLiteTokenStorageOfManyUsers, AFileThatWasCutOffIsNotReadAsEmpty) {
  const globus_sdk_test::ScopedFolder folder{memory_folder()};
  const fs::path file = folder.path / "tokens.db";
  const SQLiteTokenStorage storage(file);
  TokenStorageDataByResourceServer tokens;
  for (int number = 0; number < 2000; ++number) {
    const std::string server = "server-" + std::to_string(number) + std::string(600, 'x');
    tokens.emplace(server, stored_token(server));
  }
  storage.store_token_data_by_resource_server(tokens);
  const auto size = fs::file_size(file);
  ASSERT_GT(size, 1U << 20U);
  EXPECT_EQ(storage.get_token_data_by_resource_server().size(), 2000U);
  fs::resize_file(file, size - 8192);
  EXPECT_THAT(storage_error(file, [&] { storage.get_token_data_by_resource_server(); }),
              testing::HasSubstr("is damaged"));
}

}  // namespace
}  // namespace globus_sdk
