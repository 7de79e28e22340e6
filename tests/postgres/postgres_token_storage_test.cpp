// SPDX-License-Identifier: Apache-2.0
#include "globus_sdk/postgres/postgres_token_storage.hpp"

#include <sys/wait.h>
#include <unistd.h>

#include <fstream>
#include <latch>
#include <thread>
#include <vector>

#include "globus_sdk/app/globus_app_config.hpp"
#include "globus_sdk/app/user_app.hpp"
#include "globus_sdk/core/errors.hpp"
#include "postgres/postgres_fixture.hpp"
#include "support/certificates.hpp"
#include "support/scoped_variable.hpp"

namespace globus_sdk {
namespace {

using globus_sdk_test::PostgresTest;
using globus_sdk_test::storage_error;
using std::chrono::milliseconds;
using std::chrono::seconds;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

TokenSealer sealer_of(char letter) {
  return TokenSealer({SealingKey::from_base64(std::string(42, letter) + "A=")});
}

using PostgresStorage = PostgresTest;

TEST_F(PostgresStorage, StoresReadsAndRemoves) {
  const auto mine = storage();
  EXPECT_EQ(mine.namespace_(), "DEFAULT");
  EXPECT_EQ(mine.get_token_data("x"), std::nullopt);
  EXPECT_FALSE(mine.remove_token_data("x"));
  mine.store_token_data_by_resource_server({{"x", stored_token("x")}, {"y", stored_token("y")}});
  EXPECT_EQ(storage().get_token_data("x"), stored_token("x")) << "another object of it";
  mine.store_token_data_by_resource_server(stored_tokens("x", "second"));
  mine.store_token_data_by_resource_server({});
  EXPECT_EQ(mine.get_token_data_by_resource_server(),
            (TokenStorageDataByResourceServer{{"x", stored_token("x", "second")},
                                              {"y", stored_token("y")}}));
  EXPECT_TRUE(mine.remove_token_data("x"));
  EXPECT_EQ(mine.get_token_data("x"), std::nullopt);
  EXPECT_EQ(storage({.namespace_ = "other"}).get_token_data("y"), std::nullopt);
}

TEST_F(PostgresStorage, KeepsEveryByteOfNamesAndDocuments) {
  std::string all_bytes;
  for (int byte = 0; byte < 256; ++byte) all_bytes += static_cast<char>(byte);
  auto data = stored_token("x");
  data.extra = Json{{"more", {{"deep", "\u00e9 \" \\ \u0000 end"}}}, {"list", {1, 2.5, nullptr}}};
  const auto mine = storage({.namespace_ = all_bytes});
  mine.store_token_data_by_resource_server({{all_bytes, data}});
  const auto found = mine.get_token_data(all_bytes);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->to_dict().dump(), data.to_dict().dump());
  EXPECT_EQ(mine.iter_namespaces(), std::vector<std::string>{all_bytes});
  EXPECT_EQ(mine.tokens_by_expiry(),
            (std::vector<TokenExpiry>{{all_bytes, all_bytes, data.expires_at_seconds}}));
  EXPECT_EQ(mine.remove_namespace(all_bytes), 1U);
}

TEST_F(PostgresStorage, RefusesNamesThatAreTooLong) {
  // bytes that do not get shorter by compression
  std::string name;
  for (unsigned i = 0, random = 1; i < 8000; ++i) {
    random = random * 1664525U + 1013904223U;
    name += static_cast<char>(random >> 24U);
  }
  EXPECT_THAT(
      storage_error([&] {
        storage().in_namespace(name)->store_token_data_by_resource_server(stored_tokens("x"));
      }),
      HasSubstr("too long"));
}

TEST_F(PostgresStorage, IsNamedWithoutUserAndPassword) {
  EXPECT_EQ(storage().filepath(),
            "postgresql://127.0.0.1:" + std::to_string(server->port()) + "/" + database);
}

TEST_F(PostgresStorage, TakesTheUrlOfTheEnvironment) {
  const globus_sdk_test::ScopedVariable variable("GLOBUS_SDK_TOKEN_STORAGE_URL", url);
  const PostgresTokenStorage mine;
  mine.store_token_data_by_resource_server(stored_tokens("x"));
  EXPECT_EQ(storage().get_token_data("x"), stored_token("x"));
}

TEST_F(PostgresStorage, TakesAListOfParametersToo) {
  const PostgresTokenStorage mine(
      "host=127.0.0.1 port=" + std::to_string(server->port()) +
      " user=postgres password='server-secret-7c1d' dbname=" + database);
  mine.store_token_data_by_resource_server(stored_tokens("x"));
  EXPECT_EQ(storage().get_token_data("x"), stored_token("x"));
}

TEST_F(PostgresStorage, KeepsAppsApart) {
  const globus_sdk_test::ScopedVariable variable("GLOBUS_SDK_TOKEN_STORAGE_URL", url);
  AppTokenStorageOptions app{"id", "my app", "production", "DEFAULT"};
  const auto first = PostgresTokenStorage::for_globus_app(app);
  EXPECT_EQ(first.namespace_(), "production/id/my%20app/DEFAULT");
  first.store_token_data_by_resource_server(stored_tokens("x"));
  EXPECT_EQ(PostgresTokenStorage::for_globus_app(app).get_token_data("x"), stored_token("x"));
  app.app_name = "another";
  EXPECT_EQ(PostgresTokenStorage::for_globus_app(app).get_token_data("x"), std::nullopt);
}

TEST_F(PostgresStorage, IsAnAppsStorage) {
  const globus_sdk_test::ScopedVariable variable("GLOBUS_SDK_TOKEN_STORAGE_URL", url);
  const UserApp app("my app", {.client_id = "5a1c5c7e-1f0a-4f6e-9f1b-0a4e4f6e9f1b",
                               .config = {.token_storage = &PostgresTokenStorage::for_globus_app}});
  EXPECT_FALSE(app.login_required() && connections() == 0) << "it was looked into";
}

TEST_F(PostgresStorage, SealsWhatItKeeps) {
  const auto sealed = storage({.sealer = sealer_of('k')});
  sealed.store_token_data_by_resource_server(stored_tokens("x"));
  EXPECT_EQ(sealed.get_token_data("x"), stored_token("x"));
  EXPECT_EQ(sealed.in_namespace("DEFAULT")->get_token_data("x"), stored_token("x"));
  EXPECT_THAT(
      sql("SELECT convert_from(token_data, 'UTF8') FROM globus_sdk_tokens"),
      AllOf(Not(HasSubstr("access-of")), Not(HasSubstr("refresh-of")), HasSubstr("sealed_by")));
  EXPECT_EQ(storage().tokens_by_expiry().size(), 1U);
  EXPECT_THAT(storage_error([&] { storage().get_token_data("x"); }), HasSubstr("'sealer'"));
  EXPECT_THAT(
      storage_error([&] { storage().store_token_data_by_resource_server(stored_tokens("x")); }),
      HasSubstr("is sealed"));
  EXPECT_EQ(sealed.get_token_data("x"), stored_token("x"));
  EXPECT_THAT(storage_error([&] { storage({.sealer = sealer_of('m')}).get_token_data("x"); }),
              HasSubstr("a key that this program does not have"));
}

TEST_F(PostgresStorage, RefusesARowThatIsNoToken) {
  storage().store_token_data_by_resource_server(stored_tokens("x"));
  sql("UPDATE globus_sdk_tokens SET token_data = 'access-of-x'");
  EXPECT_THAT(storage_error([&] { storage().get_token_data("x"); }), HasSubstr("is no token"));
  sql("UPDATE globus_sdk_tokens SET token_data = '{\"access_token\": 1}'");
  EXPECT_THAT(storage_error([&] { storage().get_token_data("x"); }), HasSubstr("no token data"));
}

/// `action` is refused before anything is sent, in words that name a part and show no secret.
void expect_refused(const std::string& named, const std::function<void()>& action) {
  try {
    action();
    ADD_FAILURE() << named << " was accepted";
  } catch (const GlobusSDKUsageError& error) {
    EXPECT_THAT(error.what(), AllOf(HasSubstr(named), Not(HasSubstr("secret"))));
  }
}

TEST(PostgresStorageArguments, AreChecked) {
  const std::string url = "postgresql://127.0.0.1/tokens";
  expect_refused("max_connections", [&] { PostgresTokenStorage(url, {.max_connections = 1}); });
  expect_refused("max_connections",
                 [&] { PostgresTokenStorage(url, {.max_connections = 10'001}); });
  expect_refused("connect_timeout",
                 [&] { PostgresTokenStorage(url, {.connect_timeout = milliseconds(0)}); });
  expect_refused("statement_timeout",
                 [&] { PostgresTokenStorage(url, {.statement_timeout = milliseconds(-1)}); });
  expect_refused("vanished_after",
                 [&] { PostgresTokenStorage(url, {.vanished_after = milliseconds(999)}); });
  expect_refused("namespace_", [&] { PostgresTokenStorage(url).in_namespace(""); });
  const globus_sdk_test::ScopedVariable unset("GLOBUS_SDK_TOKEN_STORAGE_URL", std::nullopt);
  expect_refused("GLOBUS_SDK_TOKEN_STORAGE_URL", [&] { PostgresTokenStorage(); });
}

TEST(PostgresStorageArguments, ShowNothingOfAUrlThatIsWrong) {
  for (const std::string url :
       {"", "postgresql://user:se@cret-secret@host/db", "postgresql://user:secret#1@host/db",
        "postgresql://user:se/secret@host/db", "postgresql://user:secret@host:port/db",
        "postgresql://user:secret@host/db?secret=1", "host=a password='secret", "secret",
        "http://user:secret@host/", "postgresql://user:secret@host:5432,other:1,third:2:3/db",
        "host='sec ret-secret' dbname=x", "postgresql://[secret",
        "postgresql://host:1234567/secret"}) {
    SCOPED_TRACE(url);
    expect_refused("url of the token storage", [&] { PostgresTokenStorage{url}; });
  }
  expect_refused("NUL", [&] { PostgresTokenStorage(std::string("host=a\0b", 8)); });
}

TEST(PostgresStorageArguments, TellTheNameOfWhatTheyName) {
  const auto name = [](const std::string& url) { return PostgresTokenStorage(url).filepath(); };
  EXPECT_EQ(name("postgresql://me:secret@db.example.org/tokens?sslmode=require"),
            "postgresql://db.example.org:5432/tokens");
  EXPECT_EQ(name("postgresql://me@a:1,b:2/tokens"), "postgresql://a:1,b:2/tokens");
  EXPECT_EQ(name("postgresql://[::1]:7/tokens"), "postgresql://[::1]:7/tokens");
  EXPECT_EQ(name("host=/run/postgresql dbname=tokens"), "postgresql:///run/postgresql:5432/tokens");
}

TEST_F(PostgresStorage, SaysWhatIsWrongWithTheWayIn) {
  const auto error = [&](const std::string& other_url) {
    return storage_error([&] {
      PostgresTokenStorage(
          other_url, {.connect_timeout = milliseconds(300), .statement_timeout = milliseconds(300)})
          .get_token_data("x");
    });
  };
  const std::string port = std::to_string(server->port());
  EXPECT_THAT(error("postgresql://postgres:wrong-secret@127.0.0.1:" + port + "/" + database),
              HasSubstr("the password is wrong"));
  EXPECT_THAT(error("postgresql://postgres@127.0.0.1:" + port + "/" + database),
              HasSubstr("asks for a password"));
  EXPECT_THAT(error("postgresql://nobody:secret@127.0.0.1:" + port + "/" + database),
              HasSubstr("password is wrong"));
  EXPECT_THAT(error(server->url("no_such_database")), HasSubstr("no such database"));
  EXPECT_THAT(error("postgresql://postgres:secret@127.0.0.1:1/tokens"),
              HasSubstr("cannot be reached"));
  EXPECT_THAT(error("postgresql://postgres:secret@no-such-host.invalid/tokens"),
              HasSubstr("no-such-host.invalid has no address"));
  EXPECT_THAT(error(url + "?sslmode=require"), HasSubstr("TLS"));
}

TEST_F(PostgresStorage, VerifiesTheServersCertificate) {
  const globus_sdk_test::CertificateAuthority authority;
  const globus_sdk_test::CertificateAuthority other;
  const auto certificate = authority.issue();
  globus_sdk_test::PostgresServer own(
      {.settings = {"ssl=on"},
       .files = {{"server.crt", certificate.certificate}, {"server.key", certificate.key}}});
  const globus_sdk_test::ScopedFolder folder;
  std::ofstream(folder.path / "authority.pem") << authority.certificate();
  std::ofstream(folder.path / "other.pem") << other.certificate();
  const std::string tls_url =
      own.new_database() + "?sslmode=verify-full&sslrootcert=" + folder.path.string();
  const PostgresTokenStorage mine(tls_url + "/authority.pem");
  mine.store_token_data_by_resource_server(stored_tokens("x"));
  EXPECT_EQ(mine.get_token_data("x"), stored_token("x"));
  EXPECT_EQ(own.sql("SELECT count(*) > 0 FROM pg_stat_ssl JOIN pg_stat_activity USING (pid) WHERE "
                    "ssl AND application_name = 'globus-sdk-cpp'"),
            "t");
  for (const char* file : {"/other.pem", "/not-there.pem"}) {
    const PostgresTokenStorage deceived(tls_url + file);
    EXPECT_THAT(storage_error([&] { deceived.get_token_data("x"); }),
                AllOf(HasSubstr("no TLS connection"), HasSubstr("sslrootcert")));
  }
}

TEST_F(PostgresStorage, NeedsNoRightsButThoseToItsTables) {
  sql("CREATE ROLE plain LOGIN PASSWORD 'user-secret'");
  const PostgresTokenStorage plain(url_of_user("plain"));
  EXPECT_THAT(storage_error([&] { plain.get_token_data("x"); }),
              AllOf(HasSubstr("lacks a right"), HasSubstr("CREATE")));
  storage().store_token_data_by_resource_server(stored_tokens("x"));
  EXPECT_THAT(storage_error([&] { plain.get_token_data("x"); }), HasSubstr("GRANT"));
  sql("GRANT SELECT, INSERT, UPDATE, DELETE ON globus_sdk_schema, globus_sdk_tokens, "
      "globus_sdk_renewals TO plain");
  EXPECT_EQ(plain.get_token_data("x"), stored_token("x"));
  {
    const auto lock = plain.lock_renewal("x", seconds(5));
    plain.store_token_data_by_resource_server({});
    plain.store_token_data_by_resource_server(stored_tokens("x", "second"));
  }
  EXPECT_TRUE(plain.remove_token_data("x"));
}

TEST_F(PostgresStorage, MakesItsTablesOnceForAllWhoBegin) {
  std::vector<std::jthread> programs;
  std::latch ready(20);
  for (int i = 0; i < 20; ++i) {
    programs.emplace_back([&, i] {
      const auto mine = storage();
      ready.arrive_and_wait();
      mine.store_token_data_by_resource_server(stored_tokens(std::to_string(i)));
    });
  }
  programs.clear();
  EXPECT_EQ(storage().get_token_data_by_resource_server().size(), 20U);
  EXPECT_EQ(sql("SELECT version FROM globus_sdk_schema"), "1");
}

TEST_F(PostgresStorage, MakesItsTablesAgainWhereSomebodyHasDroppedThem) {
  const auto mine = storage();
  mine.store_token_data_by_resource_server(stored_tokens("x"));
  sql("DROP TABLE globus_sdk_schema, globus_sdk_tokens, globus_sdk_renewals");
  EXPECT_THAT(storage_error([&] { mine.get_token_data("x"); }), HasSubstr("tables are missing"));
  EXPECT_EQ(mine.get_token_data("x"), std::nullopt);
  mine.store_token_data_by_resource_server(stored_tokens("x"));
}

TEST_F(PostgresStorage, LeavesNewerTablesAlone) {
  storage().store_token_data_by_resource_server(stored_tokens("x"));
  sql("UPDATE globus_sdk_schema SET version = 2");
  EXPECT_THAT(storage_error([&] { storage().get_token_data("x"); }),
              AllOf(HasSubstr("version 2"), HasSubstr("newer globus-sdk-cpp")));
}

TEST_F(PostgresStorage, StoresAllOrNothing) {
  storage().store_token_data_by_resource_server(stored_tokens("x"));
  sql("ALTER TABLE globus_sdk_tokens ADD CHECK (resource_server <> 'z')");
  const auto refusal = storage_error([&] {
    storage().store_token_data_by_resource_server(
        {{"x", stored_token("x", "second")}, {"z", stored_token("z")}});
  });
  EXPECT_THAT(refusal, HasSubstr("23514"));
  EXPECT_EQ(storage().get_token_data("x"), stored_token("x"));
  EXPECT_THAT(server->log(), Not(HasSubstr("nothing of it")));
}

TEST_F(PostgresStorage, GivesUpAStatementThatTakesTooLong) {
  const auto mine = storage({.statement_timeout = milliseconds(200)});
  mine.store_token_data_by_resource_server(stored_tokens("x"));
  std::jthread blocker([&] { sql("BEGIN; LOCK TABLE globus_sdk_tokens; SELECT pg_sleep(1.5);"); });
  while (sql("SELECT count(*) FROM pg_locks WHERE mode = 'AccessExclusiveLock' AND granted AND "
             "relation = 'globus_sdk_tokens'::regclass") == "0") {
    std::this_thread::sleep_for(milliseconds(5));
  }
  EXPECT_THAT(storage_error([&] { mine.get_token_data("x"); }),
              testing::AnyOf(HasSubstr("200 ms"), HasSubstr("holds a lock")));
  blocker.join();
  EXPECT_EQ(mine.get_token_data("x"), stored_token("x"));
}

TEST_F(PostgresStorage, SaysThatAServerCanOnlyBeRead) {
  storage().store_token_data_by_resource_server(stored_tokens("x"));
  sql("ALTER DATABASE " + database + " SET default_transaction_read_only = on");
  const auto reading =
      storage({.connect_timeout = milliseconds(300), .statement_timeout = milliseconds(300)});
  EXPECT_THAT(storage_error([&] { reading.get_token_data("x"); }), HasSubstr("can only be read"));
  const PostgresTokenStorage any(
      url + "?target_session_attrs=any",
      {.connect_timeout = milliseconds(300), .statement_timeout = milliseconds(300)});
  EXPECT_EQ(any.get_token_data("x"), stored_token("x"));
  EXPECT_THAT(
      storage_error([&] { any.store_token_data_by_resource_server(stored_tokens("x", "second")); }),
      HasSubstr("can only be read"));
  EXPECT_THAT(storage_error([&] { any.store_token_data_by_resource_server({}); }),
              HasSubstr("can only be read"));
}

TEST_F(PostgresStorage, HasNoMoreConnectionsThanItMay) {
  const auto mine = storage({.max_connections = 4});
  std::vector<std::jthread> threads;
  for (int i = 0; i < 32; ++i) {
    threads.emplace_back([&mine, i] {
      const std::string name = std::to_string(i % 8);
      for (int k = 0; k < 5; ++k) {
        mine.in_namespace(name)->store_token_data_by_resource_server(stored_tokens("x"));
        EXPECT_EQ(mine.in_namespace(name)->get_token_data("x"), stored_token("x"));
      }
    });
  }
  int most = 0;
  for (int i = 0; i < 10; ++i) most = std::max(most, connections());
  threads.clear();
  EXPECT_LE(std::max(most, connections()), 4);
  mine.close();
  for (int waits = 0; waits < 200 && connections() > 0; ++waits) {
    std::this_thread::sleep_for(milliseconds(10));
  }
  EXPECT_EQ(connections(), 0);
  EXPECT_EQ(mine.in_namespace("1")->get_token_data("x"), stored_token("x"));
}

TEST_F(PostgresStorage, ReplacesAConnectionThatTheServerHasEnded) {
  const auto mine = storage();
  mine.store_token_data_by_resource_server(stored_tokens("x"));
  sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = "
      "'globus-sdk-cpp' AND datname = '" +
      database + "'");
  EXPECT_EQ(mine.get_token_data("x"), stored_token("x"));
}

TEST_F(PostgresStorage, LeavesItsParentsConnectionsAloneInAChild) {
  const auto mine = storage();
  mine.store_token_data_by_resource_server(stored_tokens("x"));
  auto held = mine.lock_renewal("x", seconds(5));
  const pid_t child = fork();
  if (child == 0) {
    int status = 1;
    try {
      held.reset();  // the parent's
      const auto data = mine.get_token_data("x");
      mine.store_token_data_by_resource_server(stored_tokens("y"));
      status = data == stored_token("x") ? 0 : 2;
    } catch (...) {}
    _exit(status);
  }
  int status = 0;
  waitpid(child, &status, 0);
  EXPECT_EQ(WEXITSTATUS(status), 0);
  EXPECT_EQ(mine.get_token_data("y"), stored_token("y"));
  EXPECT_NO_THROW(mine.store_token_data_by_resource_server({})) << "its lock is still held";
}

}  // namespace
}  // namespace globus_sdk
